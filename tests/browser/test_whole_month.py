from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.care import Care
from tests.browser.house import running, settings_in
from tests.browser.month import beginning, deciding, mentoring, working
from tests.browser.month.story import Month, a_month
from tests.cast import START
from trialsim.kit.clock import MovableClock
from trialsim.startup import prepare

pytestmark = pytest.mark.browser


@pytest.fixture
def month(browser: Browser, care: Care, tmp_path: Path) -> Iterator[Month]:
    """An installation as it is on its first day: packs, and nobody."""
    settings = settings_in(tmp_path)
    engine = prepare(settings)
    with (
        running(settings, engine, MovableClock(START)) as house,
        a_month(browser, house, care) as everybody,
    ):
        yield everybody
    engine.dispose()


def test_everybody_gets_from_the_first_link_to_the_letter(month: Month) -> None:
    beginning.manager_comes_in(month)
    beginning.manager_sets_up(month)
    beginning.manager_invites(month)
    beginning.manager_starts(month)

    working.candidate_accepts(month)
    working.candidate_practises(month)
    working.candidate_takes_the_quiz(month)
    month.house.later(days=3)
    mentoring.mentor_opens_queue(month)
    month.house.later(hours=14)
    working.candidate_works(month)
    working.candidate_works_on(month)
    working.candidate_asks(month)
    mentoring.mentor_answers(month)
    working.candidate_reads_the_answer(month)
    month.house.later(days=1)
    mentoring.mentors_review(month)
    working.candidate_reads_feedback(month)

    month.house.later(days=6)
    deciding.manager_ends_the_month(month)
    mentoring.mentors_write_statements(month)
    deciding.manager_seals(month)
    deciding.committee_votes(month)
    deciding.committee_decides(month)
    deciding.manager_writes_the_letter(month)
    deciding.candidate_reads_the_letter(month)

    month.look_again()
    assert not month.care.faults, "\n".join(month.care.faults)
