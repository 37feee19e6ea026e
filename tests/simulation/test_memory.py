"""Promises in replies, and what a customer remembers of them when they write again."""

from dataclasses import replace

import pytest

from tests.simulation.harbour import PHRASES, Desk, a_form, files, harbour
from trialsim.simulation import joined, memory, promises
from trialsim.simulation.library import parse_pack
from trialsim.simulation.types import CaseState, Done, Persona, Phase, Promise, Reply

MONDAY = "2026-03-02"
LINES = """
[memory_bad]
any = ['Last time you wrote "{promised}", and nothing came.']
[memory_good]
any = ["You told me no so kindly last time."]
"""


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("I will get back to you tomorrow.", "2026-03-03"),
        ("Hello. I'll write again by Friday. Kind regards", "2026-03-06"),
        ("We will look at it today and tell you.", "2026-03-02"),
        ("You will hear from us within two days.", "2026-03-04"),
        ("I'm going to check it within 24 hours.", "2026-03-03"),
        ("We'll have an answer for you in two working days.", "2026-03-04"),
        ("I will send you the list next week.", "2026-03-13"),
        ("I will tell you by the end of the week.", "2026-03-06"),
        ("I promise to write on Monday.", "2026-03-09"),
        ("You can expect my answer on Wednesday.", "2026-03-04"),
        ("You can expect to hear from me on Wednesday.", "2026-03-04"),
        ("I will get back to you soon.", ""),
        ("If it is not fixed by tomorrow, I will look again.", ""),
        ("The money will arrive within five days.", ""),
        ("Please write to me tomorrow.", ""),
        ("> I will write to you tomorrow.\nHello.", ""),
    ],
)
def test_a_promise_with_a_day_is_found_in_english(text: str, by: str) -> None:
    assert [one.by for one in promises.promises_in(text, "en", MONDAY)] == ([by] if by else [])


@pytest.mark.parametrize(
    ("text", "code", "by"),
    [
        ("Le scriverò entro venerdì.", "it", "2026-03-06"),
        ("Ti faccio sapere domani.", "it", "2026-03-03"),
        ("Risponderemo entro due giorni lavorativi.", "it", "2026-03-04"),
        ("Se non funziona entro domani, guarderò di nuovo.", "it", ""),
        ("내일까지 알려 드리겠습니다.", "ko", "2026-03-03"),
        ("금요일까지 답변 드릴게요.", "ko", "2026-03-06"),
        ("3일 안에 다시 연락드리겠습니다.", "ko", "2026-03-05"),
        ("내일까지 안 되면 다시 보겠습니다.", "ko", ""),
    ],
)
def test_a_promise_is_found_in_the_tickets_language(text: str, code: str, by: str) -> None:
    assert [one.by for one in promises.promises_in(text, code, MONDAY)] == ([by] if by else [])


def test_working_days_leave_the_weekend_out() -> None:
    (one,) = promises.promises_in("I will write within two working days.", "en", "2026-03-06")

    assert one.by == "2026-03-10"


def promised(by: str = "2026-03-04") -> CaseState:
    return replace(Desk().case, promises=(Promise("I will write by Wednesday", by),))


def test_a_reply_in_time_keeps_a_promise_and_a_late_one_does_not() -> None:
    in_time = promises.with_reply(promised(), "Here is the news.", "en", "2026-03-04")
    late = promises.with_reply(promised(), "Here is the news.", "en", "2026-03-05")

    assert promises.broken(in_time, "2026-03-09") is None
    assert promises.broken(late, "2026-03-09") is not None


def test_a_promise_is_not_broken_before_its_day_is_over() -> None:
    assert promises.broken(promised(), "2026-03-04") is None
    assert promises.broken(promised(), "2026-03-05") is not None


def test_what_was_done_before_it_was_promised_for_today_is_kept() -> None:
    done = Done("inspect_site", "s1", {}, f"{MONDAY}T10:00:00+00:00", "Shown.")
    case = replace(Desk().case, actions=(done,))

    after = promises.with_reply(case, "I will repair it today.", "en", MONDAY)

    assert [one.kept for one in after.promises] == [True]


def test_a_promise_is_kept_in_the_main_matter_whatever_it_is_about() -> None:
    forms = (a_form(channel="email"), replace(a_form("refund-too-late"), key="b"))
    cases, records = joined.open_cases(forms, ())
    reply = Reply("Why would you like it back? I will write tomorrow.", on=MONDAY)

    decision = joined.receive(forms, cases, records, reply)

    assert [one.by for one in decision.cases[0].promises] == ["2026-03-03"]


def test_a_broken_promise_costs_mood_and_says_which() -> None:
    found = memory.remembered([promised()], (), solved=False, on="2026-03-09")
    assert found is not None

    state = memory.weighed(Desk().case, found)

    assert found.reason.mood < 0
    assert found.reason.sentence == "I will write by Wednesday"
    assert state.mood == pytest.approx(Desk().case.mood + found.reason.mood)


def test_a_promise_about_what_was_solved_anyway_is_forgiven() -> None:
    assert memory.remembered([promised()], (), solved=True, on="2026-03-09") is None


def test_a_wrong_close_is_remembered_and_a_right_one_is_not() -> None:
    closed = replace(Desk().case, phase=Phase.CLOSED, closed_by="candidate")

    wrong = memory.remembered([closed], (), solved=False, on=MONDAY)

    assert wrong is not None
    assert (wrong.reason.code, wrong.phrase) == ("remembers_close", "memory_closed")
    assert memory.remembered([closed], (), solved=True, on=MONDAY) is None


def test_being_put_together_with_another_trouble_is_remembered() -> None:
    swallowed = replace(Desk().case, wrong_merges=1)

    found = memory.remembered([swallowed], (), solved=True, on=MONDAY)

    assert found is not None
    assert found.reason.code == "remembers_merge"


def test_a_kind_no_earns_patience() -> None:
    told = replace(Desk().case, phase=Phase.SOLVED, empathy=True)
    harsh = replace(told, empathy=False)
    flags = ("refund_outside_policy", "refusal")

    kind = memory.remembered([told], flags, solved=True, on=MONDAY)

    assert kind is not None
    assert kind.reason.mood > 0
    assert memory.remembered([harsh], flags, solved=True, on=MONDAY) is None
    assert memory.remembered([told], (), solved=True, on=MONDAY) is None


def test_the_customer_says_what_was_promised_word_for_word() -> None:
    pack = parse_pack(files(phrases_toml=PHRASES + LINES))
    found = memory.remembered([promised()], (), solved=False, on="2026-03-09")
    assert found is not None
    sloppy = Persona(first_name="Ana", lower_case=True, typo_share=1.0, non_native=True)

    words = memory.said(found, pack, sloppy, "en", seed=7, key="t001")

    assert '"I will write by Wednesday"' in words


def test_a_pack_without_lines_for_it_says_nothing() -> None:
    found = memory.remembered([promised()], (), solved=False, on="2026-03-09")
    assert found is not None

    assert memory.said(found, harbour(), Persona(), "en", seed=7, key="t001") == ""
