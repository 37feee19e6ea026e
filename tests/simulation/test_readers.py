"""Two readers behind one door: by words, and by meaning where the extra is installed."""

import sys

import pytest

from tests.simulation.harbour import a_form
from trialsim.simulation.reading import encoder, read, readers
from trialsim.simulation.reading.matcher import matcher_of
from trialsim.simulation.reading.readers import ReaderMissing, rules_for
from trialsim.simulation.types import Reply, Rules

PARAPHRASE = "Was any piece of software put onto your website a short while ago?"


def hits(text: str, rules: Rules) -> set[str]:
    reading = read(a_form(), Reply(text), rules)
    return {match.id for match in reading.matches if match.kind == "fact" and not match.skipped}


def test_meaning_is_recognised_in_quite_other_words() -> None:
    assert hits(PARAPHRASE, rules_for("encoder")) == {"recent_change"}
    assert hits(PARAPHRASE, rules_for("patterns")) == set()


def test_patterns_count_the_same_for_both() -> None:
    for name in readers.READERS:
        assert hits("Did you change anything recently?", rules_for(name)) == {"recent_change"}


def test_a_reading_names_who_read_it_with_version_and_thresholds() -> None:
    assert read(a_form(), Reply("Hello."), Rules(phrase_threshold=0.4)).matcher == (
        "patterns+tfidf/2 phrase 0.4 trap 0.33 margin 0.02"
    )
    assert read(a_form(), Reply("Hello."), rules_for("encoder")).matcher.startswith(
        "patterns+encoder/1 "
    )


def test_lines_of_a_scenario_are_encoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = matcher_of(a_form()).lines
    encoder.scores(lines, ["One sentence."])
    encoder.forget()
    model, encoded = encoder._model(), list[str]()  # noqa: SLF001 (the real one, to count with)

    class Counted:
        def encode(self, texts: list[str]) -> object:
            encoded.extend(texts)
            vectors: object = model.encode(texts)
            return vectors

    monkeypatch.setattr(encoder, "_model", Counted)
    encoder.scores(lines, ["One sentence.", "Another one.", "One sentence."])

    assert encoded == ["One sentence.", "Another one."]


def test_without_the_extra_nobody_else_steps_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "is_installed", lambda: False)

    with pytest.raises(ReaderMissing, match="not installed"):
        read(a_form(), Reply("Hello."), Rules(reader="encoder"))


def test_a_reader_nobody_knows_is_refused() -> None:
    with pytest.raises(ReaderMissing, match="patterns or encoder"):
        read(a_form(), Reply("Hello."), Rules(reader="guess"))


def test_reading_by_words_loads_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in encoder.PACKAGES:
        monkeypatch.setitem(sys.modules, name, None)

    assert hits("Did you change anything recently?", rules_for("patterns")) == {"recent_change"}
