import subprocess
import sys

import pytest

from trialsim.measurement import catalogue


def test_every_card_has_its_own_key_and_no_empty_line() -> None:
    cards = catalogue.MEASURES

    assert len({card.key for card in cards}) == len(cards)
    for card in cards:
        lines = (card.title, card.question, card.formula, card.source_facts, card.shown_as)
        assert all([*lines, card.needs, card.biases, card.must_not, card.version])


def test_customer_rating_is_shown_last() -> None:
    assert catalogue.MEASURES[-1] is catalogue.CUSTOMER_RATING


def test_a_card_is_found_by_its_key() -> None:
    assert catalogue.measure("ramp") is catalogue.RAMP
    with pytest.raises(KeyError):
        catalogue.measure("overall")


def test_pages_load_cards_rows_and_words_without_numpy() -> None:
    light = "catalogue, coaching, intervals, outcomes, planning, speed, types, weekly, wording"
    code = f"from trialsim.measurement import {light}; import sys; sys.exit('numpy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 (our own interpreter)
