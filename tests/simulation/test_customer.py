"""How a simulated customer answers, bears with things, and ends."""

import json
from dataclasses import replace

import pytest

from tests.simulation.harbour import CHECKOUT, PHRASES, REFUND, STEADY, Desk, a_form, files
from trialsim.simulation import customer, outcome
from trialsim.simulation.codec import from_json, to_json
from trialsim.simulation.library import parse_pack
from trialsim.simulation.types import (
    CaseState,
    Credit,
    Decision,
    Persona,
    Phase,
    Reading,
    Reply,
    Rules,
    Turn,
)
from trialsim.simulation.world import opening_mood

ASK = "Has anything been added to the site lately?"
TEST = "Please deactivate the caching add-on and try the checkout again."


def codes(decision: Decision) -> list[str]:
    assert decision.turn is not None
    return [reason.code for reason in decision.turn.why]


def body(decision: Decision) -> str:
    assert decision.turn is not None
    return decision.turn.body


def test_a_question_is_answered_with_the_drawn_cause() -> None:
    desk = Desk()

    asked = desk.reply(ASK)

    assert "a caching add-on" in body(asked)
    assert desk.case.facts == ("recent_change",)


def test_the_right_advice_after_the_question_solves_and_closes() -> None:
    desk = Desk()
    desk.reply(ASK)

    advised = desk.reply(TEST)

    assert advised.turn is not None
    assert advised.turn.closes
    assert "That worked" in advised.turn.body
    assert desk.case.phase is Phase.SOLVED
    assert desk.field("site", "checkout") == "working"


def test_a_lucky_guess_counts_half_and_changes_nothing() -> None:
    desk = Desk()

    desk.reply(TEST)

    assert desk.case.points == {"conflict_test": Credit.HALF}
    assert desk.field("site", "checkout") == "broken"


def test_nobody_says_they_tried_what_was_only_told_them() -> None:
    pack = parse_pack(
        files(
            phrases_toml=PHRASES + 'no_change = ["I tried it, nothing changed."]\n',
            scenarios_refund_too_late_toml=REFUND.replace(
                "weight = 2", 'weight = 2\nafter = ["why"]'
            ),
        )
    )
    told, advised = (
        Desk(replace(a_form(name), pack=pack, scenario=pack.scenarios[name]))
        for name in ("refund-too-late", "checkout-plugin-conflict")
    )

    assert body(told.reply("We cannot return it any more.")) == "Is there any news?"
    assert body(advised.reply(TEST)) == "I tried it, nothing changed."


@pytest.mark.parametrize("seed", range(8))
def test_what_nobody_asked_is_told_without_a_yes_or_no(seed: int) -> None:
    checkout = CHECKOUT.replace(
        "needs_trust = -0.3", "needs_trust = -0.3\nvolunteer = 1.0"
    ).replace('"Yes, {culprit}', '"I put in {culprit} myself.", "Yes, {culprit}')
    pack = parse_pack(files(scenarios_checkout_plugin_conflict_toml=checkout))
    scenario = pack.scenarios["checkout-plugin-conflict"]
    desk = Desk(replace(a_form(seed=seed), pack=pack, scenario=scenario))

    told = body(desk.reply("We are looking into it."))
    again = body(desk.reply(ASK))

    assert told.startswith("I put in a caching add-on myself.")
    assert "wrote: I put in a caching add-on myself." in again


def test_a_guess_can_be_earned_whole_once_the_fact_is_known() -> None:
    desk = Desk()
    desk.reply(TEST)
    desk.reply(ASK)

    desk.reply("So it is the add-on: please switch the caching add-on off.")

    assert desk.case.points["conflict_test"] is Credit.WHOLE
    assert desk.case.phase is Phase.SOLVED


def test_a_guess_sent_again_word_for_word_stays_a_guess() -> None:
    desk = Desk()
    desk.reply(TEST)
    desk.reply(ASK)

    desk.reply(TEST)

    assert desk.case.points["conflict_test"] is Credit.HALF


def test_the_answer_is_not_known_before_it_has_arrived() -> None:
    desk = Desk()
    asked = customer.receive(desk.form, desk.case, desk.records, Reply(ASK), STEADY)
    desk.case = asked.case

    desk.reply(TEST)

    assert desk.case.points["conflict_test"] is Credit.HALF


def test_a_question_asked_twice_costs_mood_and_gets_as_i_wrote() -> None:
    desk = Desk()
    desk.reply(ASK)
    mood = desk.case.mood

    again = desk.reply("What was the last thing you installed?")

    assert body(again).startswith("As I wrote:")
    assert desk.case.mood == pytest.approx(mood - 0.3)


def test_a_question_whose_answer_is_on_its_way_is_not_held_against_anybody() -> None:
    desk = Desk()
    first = customer.receive(desk.form, desk.case, desk.records, Reply(ASK), STEADY)

    again = customer.receive(desk.form, first.case, desk.records, Reply(ASK), STEADY)

    assert again.case.mood == first.case.mood


def test_an_irritated_customer_answers_vaguely_once() -> None:
    desk = Desk()
    desk.reply("Hello there.")

    vague = desk.reply(ASK)
    full = desk.reply("Sorry to ask again: has anything been added to the site lately?")

    assert body(vague) == "Nothing special."
    assert "a caching add-on" in body(full)
    assert "repeated" not in codes(full)


def test_the_desk_gives_away_what_a_question_would() -> None:
    desk = Desk()

    desk.act("inspect_site", "site")
    desk.reply(TEST)

    assert desk.case.points["conflict_test"] is Credit.WHOLE


def test_at_most_three_questions_are_answered_in_one_chat_turn() -> None:
    questions = (
        "Which browser do you use? What does the error say? "
        "Does it happen to all customers? Did you change anything recently?"
    )

    chat, email = Desk(), Desk(a_form(channel="email"))

    assert "One thing at a time" in body(chat.reply(questions))
    assert len(chat.case.told) == 3
    email.reply(questions)
    assert len(email.case.told) == 4


def test_points_beside_open_questions_count_half_but_the_lightest() -> None:
    desk = Desk()
    desk.act("inspect_site", "site")

    desk.reply(f"Which browser do you use? Is there an error? {TEST} Let me know if it works.")

    assert desk.case.points == {"conflict_test": Credit.HALF, "next_step": Credit.WHOLE}


def test_a_reply_that_lists_everything_earns_at_most_six_tenths() -> None:
    desk = Desk()
    everything = f"{ASK} Which browser do you use? {TEST} Let me know if the checkout works."

    for _ in range(3):
        desk.reply(everything)

    assert outcome.points_share(desk.form, desk.case) <= 0.63


def test_empathy_is_felt_once() -> None:
    desk = Desk()

    desk.reply(f"I am sorry for the trouble. {ASK}")
    desk.reply("I am sorry once more. Which browser do you use?")

    assert desk.case.mood == pytest.approx(-0.2 + 0.15)


def test_a_harsh_word_costs_mood_whatever_else_the_reply_brings() -> None:
    desk = Desk()

    rude = desk.reply(f"{ASK} And hurry up, that is not our problem.")
    desk.reply("Which browser do you use? As I already told you, this is needed.")

    assert "harsh" in codes(rude)
    assert desk.case.mood == pytest.approx(-0.2 - 2 * 0.3)


def test_a_reply_that_brings_nothing_costs_mood() -> None:
    desk = Desk()

    empty = desk.reply("We have received your message.")

    assert "empty" in codes(empty)
    assert desk.case.mood == pytest.approx(-0.45)


def test_asking_on_when_all_is_known_costs_mood() -> None:
    desk = Desk()
    desk.reply(ASK)

    asked = desk.reply("What colour is your logo?")

    assert "unanswered" in codes(asked)


@pytest.mark.parametrize(("channel", "cost"), [("chat", 0.6), ("email", 0.01)])
def test_an_hour_of_waiting_costs_by_channel(channel: str, cost: float) -> None:
    desk = Desk(a_form(channel=channel))

    desk.reply("Which browser do you use?", waited_hours=1.0)

    assert desk.case.mood == pytest.approx(-0.2 - cost)


def test_a_long_reply_is_read_only_so_far() -> None:
    desk = Desk()
    desk.reply(ASK)

    desk.reply(f"{'We value every single customer very much indeed. ' * 30}{TEST}")

    assert desk.case.long_replies == 1
    assert "conflict_test" not in desk.case.points


def test_a_long_reply_costs_mood_each_time() -> None:
    desk = Desk()
    long = "We value every single customer very much indeed. " * 30
    desk.reply(f"{ASK} {long}")

    desk.reply(f"Which browser do you use? {long}")

    assert desk.case.mood == pytest.approx(-0.2 - 2 * 0.15)


def test_two_hundred_and_twenty_words_are_not_too_long() -> None:
    desk = Desk()

    desk.reply(f"{ASK} {'word ' * 210}")

    assert desk.case.long_replies == 0


def test_a_text_sent_to_somebody_else_before_is_noticed() -> None:
    text = "Please open the settings of your shop and read the third line to me aloud."
    desk = Desk()

    copied = desk.reply(text, recent_texts=("Something else.", f"Hello,\n{text}"))

    assert copied.reading.copied == 1.0
    assert desk.case.copied_replies == 1
    assert "copied" in codes(copied)


def test_a_text_of_ones_own_costs_nothing() -> None:
    text = "Please open the settings of your shop and read the third line to me aloud."
    desk, copying = Desk(), Desk()

    desk.reply(text, recent_texts=("We look forward to hearing from you about the matter soon.",))
    copying.reply(text, recent_texts=(text,))

    assert desk.case.copied_replies == 0
    assert copying.case.mood == pytest.approx(desk.case.mood - 0.1)


def test_two_repeated_questions_annoy_and_a_third_adds_nothing() -> None:
    asked = "Which browser do you use? What does the error say? Did you change anything recently?"
    desk = Desk()
    desk.reply(asked)
    mood = desk.case.mood

    again = desk.reply(asked)

    assert codes(again).count("repeated") == 3
    assert desk.case.mood == pytest.approx(mood - 2 * 0.3)


def test_who_waited_far_too_long_says_so_once() -> None:
    desk = Desk(a_form(channel="email"))

    late = desk.reply(ASK, waited_hours=9.0)
    later = desk.reply("Which browser do you use?", waited_hours=9.0)

    assert body(late).startswith("That took long.")
    assert "took long" not in body(later)


def test_who_waited_a_little_does_not_complain_of_it() -> None:
    desk = Desk(a_form(channel="email"))

    assert "took long" not in body(desk.reply(ASK, waited_hours=7.0))


def test_a_patient_customer_bears_a_longer_wait() -> None:
    patient = Desk(a_form(channel="email", persona=Persona(first_name="Ana", patience=1.0)))

    assert "took long" not in body(patient.reply(ASK, waited_hours=11.0))


def test_a_very_annoyed_customer_asks_for_a_manager_once() -> None:
    desk = Desk()

    asked = desk.reply(ASK, waited_hours=1.0)
    later = desk.reply("Which browser do you use?")

    assert "manager" in body(asked)
    assert "manager" not in body(later)


def test_a_customer_who_has_had_enough_gives_up_and_is_silent_after() -> None:
    desk = Desk()

    gone = desk.reply("Hello there.", waited_hours=2.0)
    after = desk.reply(ASK)

    assert gone.turn is not None
    assert gone.turn.gives_up
    assert desk.case.phase is Phase.GIVEN_UP
    assert after.turn is None


def test_a_customer_gives_up_after_eight_messages() -> None:
    desk = Desk()
    for number in range(7):
        desk.reply(f"I am sorry. Could you tell me about thing {number}?")

    last = desk.reply("Could you tell me about another thing?")

    assert last.turn is not None
    assert last.turn.gives_up


def test_a_trap_keeps_its_harm_whatever_follows() -> None:
    desk = Desk()
    desk.reply("Send me your password and I will have a look.")
    desk.reply("Sorry, please never send me your password.")

    assert desk.case.traps == ("asks_password",)
    assert desk.case.mood == pytest.approx(-0.2 - 0.6 + 0.15)


def test_a_changed_mind_sets_another_goal() -> None:
    desk = Desk(a_form(will_change=True))

    changed = desk.reply(ASK)
    desk.reply("Write to me with what you see and I will look at it.")

    assert "forget the checkout" in body(changed)
    assert desk.case.phase is Phase.SOLVED


def test_a_customer_who_does_not_change_their_mind_keeps_the_goal() -> None:
    desk = Desk(a_form(will_change=False))

    assert "forget the checkout" not in body(desk.reply(ASK))


def test_closing_too_early_is_answered_in_six_of_ten_cases_within_three_days() -> None:
    turns = []
    for number in range(200):
        desk = Desk(a_form(key=f"ticket-{number}"))
        case, turn = customer.after_close(desk.form, desk.case, desk.records)
        assert case.phase is Phase.CLOSED
        turns.append(turn)

    again = [turn for turn in turns if turn is not None]

    assert 100 < len(again) < 140
    assert all(86_400 <= turn.delay_seconds <= 3 * 86_400 for turn in again)
    assert all(turn.reopens for turn in again)


def test_closing_what_is_solved_is_never_reopened() -> None:
    desk = Desk()
    desk.reply(ASK)
    desk.reply(TEST)

    case, turn = customer.after_close(desk.form, desk.case, desk.records)

    assert turn is None
    assert case.phase is Phase.CLOSED


def test_a_reopened_ticket_can_still_be_solved() -> None:
    desk = Desk()
    turn = Turn("It is still there.", 86_400, reopens=True)
    desk.case, desk.records = customer.arrive(desk.form, desk.case, desk.records, turn)
    phases = [desk.case.phase]

    desk.reply(ASK)
    desk.reply(TEST)

    assert [*phases, desk.case.phase] == [Phase.REOPENED, Phase.SOLVED]
    assert desk.case.reopened == 1


def test_an_ignored_customer_presses_twice_and_then_leaves_a_chat() -> None:
    desk = Desk()
    patient, turn = customer.nudge(desk.form, desk.case, desk.records, 0.05)
    assert turn is None

    first, turn = customer.nudge(desk.form, patient, desk.records, 0.2)
    second, again = customer.nudge(desk.form, first, desk.records, 0.25)
    third, none = customer.nudge(desk.form, second, desk.records, 0.28)
    _, last = customer.nudge(desk.form, third, desk.records, 0.5)

    assert turn is not None
    assert turn.body == "Is there any news?"
    assert again is not None
    assert none is None
    assert last is not None
    assert last.gives_up


def test_a_ticket_left_alone_for_hours_ends_in_giving_up() -> None:
    desk = Desk()

    _, turn = customer.nudge(desk.form, desk.case, desk.records, 3.0)

    assert turn is not None
    assert turn.gives_up


def test_the_same_seed_and_replies_give_the_same_bytes() -> None:
    def transcript() -> str:
        desk = Desk(a_form(persona=Persona(typo_share=0.2, lower_case=True), channel="email"))
        decisions = [desk.reply(text) for text in ("Hello.", ASK, ASK, TEST)]
        return json.dumps(to_json((decisions, desk.case, desk.records)), ensure_ascii=False)

    assert transcript() == transcript()


def test_another_seed_gives_other_words_but_the_same_course() -> None:
    bodies, phases = set(), set()
    for seed in range(12):
        desk = Desk(a_form(seed=seed))
        bodies.add(body(desk.reply(ASK)))
        desk.reply(TEST)
        phases.add(desk.case.phase)

    assert len(bodies) == 3
    assert phases == {Phase.SOLVED}


def test_everything_about_a_ticket_survives_storage() -> None:
    desk = Desk()
    desk.act("inspect_site", "site")
    decision = desk.reply(f"I am sorry. {ASK} Send me your password.")
    stored = json.loads(json.dumps(to_json((desk.case, decision.reading, decision.turn))))

    assert from_json(CaseState, stored[0]) == desk.case
    assert from_json(Reading, stored[1]) == decision.reading
    assert from_json(Turn, stored[2]) == decision.turn


def test_every_matched_sentence_is_named_as_the_reason() -> None:
    desk = Desk()

    asked = desk.reply(f"Thank you. {ASK}")

    assert asked.turn is not None
    assert [reason.sentence for reason in asked.turn.why if reason.code == "asked"] == [ASK]


def test_half_of_the_chat_answers_come_within_twenty_seconds() -> None:
    delays = []
    for number in range(300):
        turn = Desk(a_form(key=f"ticket-{number}")).reply(ASK).turn
        assert turn is not None
        delays.append(turn.delay_seconds)
    delays.sort()

    assert 15 <= delays[150] <= 21
    assert 38 <= delays[270] <= 58


def test_nobody_writes_at_night() -> None:
    for number in range(200):
        desk = Desk(a_form(channel="email", key=f"ticket-{number}"))
        turn = desk.reply(ASK, local_hour=22.0).turn
        assert turn is not None
        hour = (22.0 + turn.delay_seconds / 3600) % 24
        assert 7 <= hour < 23 or turn.delay_seconds < 3600


def test_moods_differ_between_people_around_the_scenario_start() -> None:
    moods = [opening_mood(a_form(key=f"ticket-{number}"), Rules()) for number in range(300)]

    assert sum(moods) / len(moods) == pytest.approx(-0.2, abs=0.03)
    assert max(moods) - min(moods) > 0.5


def test_an_irritated_person_starts_lower() -> None:
    plain = Desk(a_form()).case.mood
    irritated = Desk(a_form(persona=Persona(tone="irritated"))).case.mood

    assert irritated == pytest.approx(plain - 0.25)


@pytest.mark.parametrize("seed", range(6))
def test_a_fact_told_again_is_told_in_the_same_words(seed: int) -> None:
    checkout = CHECKOUT.replace(
        '"Yes, {culprit}',
        '"I put in {culprit} myself.", "It came with {culprit}.", "Yes, {culprit}',
    )
    pack = parse_pack(files(scenarios_checkout_plugin_conflict_toml=checkout))
    scenario = pack.scenarios["checkout-plugin-conflict"]
    desk = Desk(replace(a_form(seed=seed), pack=pack, scenario=scenario))
    question = "What was the last thing you installed?"

    desk.reply(ASK)
    once, twice = (body(desk.reply(question)).partition("wrote: ")[2] for _ in range(2))

    assert once.split(".")[0]
    assert once.split(".")[0] == twice.split(".")[0]
