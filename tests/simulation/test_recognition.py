"""How well voices kept out of the fitting are read: the goals, and how they are counted."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from trialsim.paths import data_folder
from trialsim.simulation.recognition import Line, Method, Score, Tally, joined, methods, scored
from trialsim.simulation.types import Match
from trialsim.workflows.labelled import Labelled, read_labelled

LINES = Path(__file__).parent / "lines"
MEASURED = {"dez", "harriet", "ines", "chiara", "beppe", "sora", "jiho"}
FITTED = {"mo", "greta", "wei", "otto", "paolo", "ornella", "minsu", "eunji"}
WARNED_PRECISION = 0.98


@cache
def labelled() -> Labelled:
    return read_labelled(data_folder("seed_data") / "packs" / "leafmoor", LINES)


def lines_by(writers: set[str]) -> list[Line]:
    return [line for line in labelled().lines if line.writer in writers]


def score_of(reader: str, lines: list[Line]) -> Score:
    return scored(methods(reader)[-1], labelled().matchers, lines)


@pytest.mark.parametrize(("reader", "goal"), [("patterns", 0.85), ("encoder", 0.88)])
def test_voices_kept_out_of_the_fitting_are_recognised(reader: str, goal: float) -> None:
    score = score_of(reader, lines_by(MEASURED))

    assert (score.total.f1 or 0.0) >= goal
    assert score.fired <= (1 - WARNED_PRECISION) * score.warnings


def test_four_lines_in_one_reply_are_read_as_well_as_alone() -> None:
    lines = [
        line for line in lines_by(MEASURED) if line.place in ("refund-too-late", "slow-images")
    ]

    alone, four = score_of("patterns", lines), score_of("patterns", list(joined(lines)))

    assert (four.total.f1 or 0.0) >= (alone.total.f1 or 0.0) - 0.03


def test_there_are_enough_lines_and_no_writer_is_on_both_sides() -> None:
    texts = {(line.writer, line.text) for line in labelled().lines}
    warned = {(line.writer, line.text) for line in labelled().lines if line.warns}

    assert len(texts) >= 700
    assert len(warned) >= 150
    assert {line.writer for line in labelled().lines} == MEASURED | FITTED


def test_no_line_is_copied_from_a_scenario() -> None:
    own = {
        line.lower().rstrip(".!?")
        for form in labelled().forms.values()
        for part in (
            form.scenario.text(form.language).facts,
            form.scenario.text(form.language).points,
            form.scenario.text(form.language).traps,
        )
        for phrasing in part.values()
        for line in phrasing.lines
    }

    assert not [line.text for line in labelled().lines if line.text.lower().rstrip(".!?") in own]


def test_a_tally_tells_precision_recall_and_f1() -> None:
    tally = Tally(hits=2, extra=1) + Tally(hits=1, missed=3)

    assert (tally.precision, tally.recall) == (0.75, 0.5)
    assert tally.f1 == pytest.approx(0.6)
    assert (Tally().precision, Tally().recall, Tally().f1) == (None, None, None)


def test_replies_of_four_lines_are_drawn_alike_every_time_and_mean_all_of_them() -> None:
    lines = [
        Line("shop", f"Line {number}", frozenset({f"fact:{number}"}), writer="jo")
        for number in range(5)
    ]

    replies = list(joined(lines))

    assert replies == list(joined(lines))
    assert len(replies) == 5
    assert all(len(reply.means) == 4 for reply in replies)
    assert not list(joined(lines[:3]))


@pytest.mark.parametrize("name", ["patterns", "tfidf"])
def test_a_method_alone_does_without_the_other(name: str) -> None:
    (method,) = (one for one in methods("patterns") if one.name == name)
    by = {match.by for match in _all_matches(method)}

    assert by == {"pattern" if name == "patterns" else "phrase"}


def _all_matches(method: Method) -> Iterator[Match]:
    for line in lines_by({"mo"})[:40]:
        yield from method.recognised(labelled().matchers[line.place], line.text)
