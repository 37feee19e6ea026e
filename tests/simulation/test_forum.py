"""Other members of the forum, and what does not belong in public."""

from functools import lru_cache

import pytest

from tests.factories.cohort import pack_files
from trialsim.simulation.forum import (
    HALF,
    SAME,
    WRONG,
    Post,
    hints,
    member_posts,
    naming_the_move,
    public_asks,
)
from trialsim.simulation.library import parse_pack
from trialsim.simulation.types import Form, OutcomeTrace, Pack, Persona

SEEDS = range(60)


@lru_cache(maxsize=1)
def leafmoor() -> Pack:
    return parse_pack(pack_files())


def leafmoor_form(name: str, *, seed: str = "7/0", language: str = "en") -> Form:
    return Form(
        pack=leafmoor(),
        scenario=leafmoor().scenarios[name],
        persona=Persona(),
        slots={},
        language=language,
        channel="forum",
        seed=seed,
        key="t001",
        opened_on="2026-01-05",
    )


def test_members_write_none_to_two_posts_the_same_for_the_same_seed() -> None:
    threads = [member_posts(leafmoor_form("slow-images"), f"deal-{one}") for one in SEEDS]

    assert {len(posts) for posts in threads} == {0, 1, 2}
    assert {post.kind for posts in threads for post in posts} == {SAME, HALF, WRONG}
    assert threads == [member_posts(leafmoor_form("slow-images"), f"deal-{one}") for one in SEEDS]
    assert all(len({post.speaker for post in posts}) == len(posts) for posts in threads)


def test_everybody_of_a_cohort_meets_the_same_kinds_of_posts_in_other_words() -> None:
    for deal in map(str, SEEDS):
        first = member_posts(leafmoor_form("slow-images", seed="7/0"), deal)
        second = member_posts(leafmoor_form("slow-images", seed="7/1"), deal)
        assert [post.kind for post in first] == [post.kind for post in second]


@pytest.mark.parametrize("language", ["en", "it", "ko"])
def test_wrong_advice_is_of_the_scenario_and_gives_no_cause_away(language: str) -> None:
    form = leafmoor_form("wrong-company", language=language)
    traps = form.scenario.text(language).traps.values()
    lines = [line.rstrip(".") for one in traps for line in one.lines]
    wrong = [post for deal in SEEDS for post in member_posts(form, str(deal)) if post.kind == WRONG]

    assert wrong
    for post in wrong:
        assert any(line in post.body for line in lines if "{" not in line)
        assert "{" not in post.body


def test_no_member_asks_for_what_a_critical_clause_forbids() -> None:
    form = leafmoor_form("wrong-company")
    barred = form.scenario.text("en").traps["tells_details"].lines

    said = " ".join(post.body for deal in SEEDS for post in member_posts(form, str(deal)))

    assert form.pack.clauses["security.no_details_to_others"].critical
    assert not any(line.rstrip(".") in said for line in barred)


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("Could you tell me your order number?", "en", 1),
        ("Which email address do you sign in with? Thank you!", "en", 1),
        ("Please do not post your order number here.", "en", 0),
        ("Everybody reads this, so never share your password.", "en", 0),
        ("Have you changed your theme?", "en", 0),
        ("Mi può dare il numero d'ordine?", "it", 1),
        ("주문 번호를 알려 주시겠어요?", "ko", 1),
        ("테마를 바꾸셨나요?", "ko", 0),
    ],
)
def test_asking_for_private_things_in_public_is_seen(text: str, language: str, count: int) -> None:
    assert len(public_asks(text, language)) == count


def test_reviewers_see_wrong_advice_and_whether_it_was_answered() -> None:
    wrong = Post(is_candidates=False, body="Just delete it.", speaker="fernpath", misleads=True)
    answer = Post(is_candidates=True, body="Dear Fernpath, that would lose her work.")

    assert len(hints([wrong], "en")) == 1
    assert [one.words for one in hints([wrong, answer], "en")][1].startswith("Answers the wrong")
    assert len(hints([wrong, answer, answer], "en")) == 2


def test_an_outcome_names_what_became_of_a_thread_in_the_wrong_place() -> None:
    form = leafmoor_form("wrong-company")
    trace = OutcomeTrace(70.0, True, 1.0, 1.0, 0.0, False, ())

    told = [naming_the_move(trace, form.scenario, board) for board in ("", "elsewhere", "ideas")]

    assert [one.parts[0].met for one in told] == [False, True, False]
    assert {one.value for one in told} == {70.0}
    assert naming_the_move(trace, leafmoor_form("slow-images").scenario, "").parts == ()
