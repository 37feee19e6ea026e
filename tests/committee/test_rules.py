"""Voting, deciding and the seal, as decisions over plain values."""

import pytest

from trialsim.committee.rules.deciding import (
    LetterText,
    Proposal,
    dissents,
    grid,
    letter_faults,
    proposal_faults,
    tally_words,
)
from trialsim.committee.rules.sealing import content_hash, is_intact
from trialsim.committee.rules.voting import (
    Ballot,
    ballot_faults,
    is_barred,
    opens,
    reading,
)
from trialsim.committee.rules.words import Choice, Outcome

NAMES = {"a": "C1", "b": "C2", "c": "C3", "d": "C4", "e": "C5"}
KNOWN = ("C1", "measure-ramp")
YES, NO, OPEN = Choice.YES, Choice.NO, Choice.NOT_ENOUGH


def test_a_vote_counts_after_four_conversations_with_the_drawn_ones_among_them() -> None:
    assert reading({"a", "b", "c", "d"}, ("c", "d"), NAMES, 4).is_enough
    assert reading({"a", "b", "c"}, ("c",), NAMES, 4).words == "Please open 1 more conversation."


def test_drawn_conversations_cannot_be_left_out() -> None:
    read = reading({"a", "b", "c", "e"}, ("c", "d"), NAMES, 4)

    assert (read.is_enough, read.words) == (
        False,
        "Please open 1 more conversation, C4 among them.",
    )


def test_opening_other_conversations_does_not_count() -> None:
    assert reading({"x", "y", "z", "q"}, (), NAMES, 4).missing == 4


def test_a_packet_with_few_conversations_asks_for_no_more_than_it_holds() -> None:
    assert reading({"a"}, ("a",), {"a": "C1"}, 4).is_enough


def test_a_programme_may_ask_for_none() -> None:
    assert reading(set(), ("a",), NAMES, 0).is_enough


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"evidence": ()}, "evidence"),
        ({"evidence": ("C9",)}, "evidence"),
        ({"confidence": 0}, "confidence"),
        ({"confidence": 6}, "confidence"),
    ],
)
def test_a_ballot_lacks_what_it_lacks(changes: dict[str, object], field: str) -> None:
    values = {"choice": YES, "reason": "Clear.", "evidence": ("C1",), "confidence": 3} | changes

    assert list(ballot_faults(Ballot(**values), KNOWN)) == [field]  # type: ignore[arg-type]  # a table


def test_a_full_ballot_lacks_nothing() -> None:
    assert ballot_faults(Ballot(NO, "Clear.", ("measure-ramp",), 1), KNOWN) == {}


def test_who_led_or_scored_the_trial_is_barred() -> None:
    assert is_barred(1, mentor=1, scorers=())
    assert is_barred(2, mentor=1, scorers=(2,))
    assert not is_barred(3, mentor=1, scorers=(2,))


def test_votes_open_with_the_last_needed_one() -> None:
    assert [opens(votes, 3) for votes in (2, 3, 4)] == [False, True, True]


def test_a_decision_needs_reasons_evidence_its_question_and_the_dissent() -> None:
    empty = Proposal(Outcome.MORE_EVIDENCE, "", ())
    full = Proposal(Outcome.HIRE, "Clear.", ("C1",))

    assert set(proposal_faults(empty, KNOWN, [YES])) == {
        "reasons",
        "evidence",
        "question",
        "dissent",
    }
    assert proposal_faults(full, KNOWN, [YES, Choice.STRONG_YES]) == {}
    assert list(proposal_faults(full, KNOWN, [YES, NO])) == ["dissent"]


def test_dissent_counts_votes_that_point_another_way() -> None:
    assert dissents(Outcome.NO_HIRE, [YES, NO, Choice.STRONG_NO, OPEN]) == 2


def test_a_letter_is_never_empty_and_rests_on_three_conversations() -> None:
    empty = LetterText("", " ", ("a", "a", "x"))

    assert set(letter_faults(empty, Outcome.NO_HIRE, NAMES)) == {
        "strengths",
        "gaps",
        "evidence",
        "try_again",
    }
    full = LetterText("Kind.", "Slow.", ("a", "b", "c"))
    assert letter_faults(full, Outcome.HIRE, NAMES) == {}
    assert list(letter_faults(full, Outcome.NO_HIRE, NAMES)) == ["try_again"]


def test_the_tally_reads_in_the_order_of_the_ballot() -> None:
    assert tally_words([OPEN, YES, YES]) == "2 yes, 1 not enough evidence"


def test_the_grid_says_where_a_committee_agrees_differs_or_has_not_looked() -> None:
    used = [{"C1", "C2", "C3"}, {"C1", "C2"}, {"C2"}]

    lines = grid(["C1", "C2", "C3", "C4"], used, [YES, Choice.STRONG_YES, NO])

    assert [line.agreement for line in lines] == ["agreement", "split", "one view", "gap"]
    assert lines[0].used_by == (True, True, False)


def test_the_seal_hangs_on_content_and_not_on_the_order_of_keys() -> None:
    seal = content_hash({"a": 1, "b": ["é", 2.5]})

    assert seal == content_hash({"b": ["é", 2.5], "a": 1})
    assert is_intact({"a": 1, "b": ["é", 2.5]}, seal)
    assert not is_intact({"a": 1, "b": ["é", 2.6]}, seal)
