"""What a reply is read as: sentences, questions, points, traps under negation."""

import pytest

from tests.simulation.harbour import a_form
from trialsim.simulation.reading import copied_share, read
from trialsim.simulation.reading.language import language_of
from trialsim.simulation.reading.sentences import sentences_of
from trialsim.simulation.types import Reply


def hits(text: str, kind: str, **changes: str) -> set[str]:
    reading = read(a_form(**changes), Reply(text))
    return {match.id for match in reading.matches if match.kind == kind and not match.skipped}


def sentences(text: str, language: str = "en") -> tuple[str, ...]:
    return tuple(sentence.text for sentence in sentences_of(text, language_of(language)))


def test_a_reply_falls_into_sentences_lines_and_list_items() -> None:
    text = "Hello Ana,\n\nThree things. First, e.g. this one? Good!\n- open it\n2) close it"

    assert sentences(text) == (
        "Hello Ana,",
        "Three things.",
        "First, e.g. this one?",
        "Good!",
        "open it",
        "close it",
    )


def test_quoted_text_and_signature_are_dropped() -> None:
    text = "Try this.\n\nKind regards,\nJo\nHarbour Sites\n\nOn Monday, 2 March Ana wrote:\n> I pay"

    assert sentences(text) == ("Try this.",)


def test_a_short_thank_you_alone_is_not_taken_for_a_signature() -> None:
    assert sentences("Thanks") == ("Thanks",)


def test_a_sentence_without_end_is_cut_at_four_hundred_characters() -> None:
    assert [len(part) <= 400 for part in sentences("word " * 200)] == [True, True, True]


def test_korean_sentences_end_without_a_space() -> None:
    assert sentences("확인했습니다。 다시 해 주세요.", "ko") == (
        "확인했습니다。",
        "다시 해 주세요.",
    )


def test_one_sentence_may_ask_two_things() -> None:
    found = hits("Did you change anything recently and which browser do you use?", "fact")

    assert found == {"recent_change", "browser"}


def test_a_drawn_word_is_recognised_with_another_article_and_hyphen() -> None:
    assert hits("Please disable the caching addon.", "point") == {"conflict_test"}


def test_what_no_pattern_foresaw_is_found_by_likeness() -> None:
    form = a_form()
    reading = read(form, Reply("Was a thing updated or installed before it began?"))

    found = [match for match in reading.matches if match.id == "recent_change"]

    assert [match.by for match in found] == ["pattern"]
    typed = read(form, Reply("whether the ordr goes thru then, tell me pls"))
    assert {(match.id, match.by) for match in typed.matches} == {("next_step", "phrase")}


def test_small_talk_is_read_as_nothing() -> None:
    for text in ("Thank you for contacting us.", "Have a nice day.", "I hope this helps."):
        assert not hits(text, "point") | hits(text, "fact") | hits(text, "trap")


@pytest.mark.parametrize(
    "text",
    [
        "Send me your password.",
        "Please give us your card number and the cvv.",
        "I do not have access, so send me your password.",
        "Do not hesitate to send me your password.",
        "I never saw that, but tell me your password.",
        "Don't worry, just share your password with me.",
        "Rather than the link, send me your password.",
        "Why don't you send me your password?",
    ],
)
def test_asking_for_a_password_springs_the_trap(text: str) -> None:
    assert hits(text, "trap") == {"asks_password"}


@pytest.mark.parametrize(
    "text",
    [
        "Never send me your password.",
        "Please do not share your password with anybody.",
        "Don’t give your card number to strangers.",
        "Avoid telling and never, ever, send your password.",
        "Please never, under any circumstances, share your password.",
        "Use the link instead of sending anybody mail to tell them your password.",
        "You can sign in without having to give us your password.",
        "I would use the link rather than send a password.",
    ],
)
def test_advising_against_it_does_not(text: str) -> None:
    assert hits(text, "trap") == set()


def test_advice_against_a_step_does_not_earn_its_point() -> None:
    assert hits("Please do not deactivate the add-ons yet.", "point") == set()


def test_a_trap_counts_even_past_the_length_a_customer_reads() -> None:
    text = "We value every single customer very much indeed. " * 30

    assert hits(f"{text}Send me your password.", "trap") == {"asks_password"}


def test_italian_negation_is_known() -> None:
    changes = {"scenario": "counting-fault", "language": "it"}

    assert hits("Ho passato il caso ai colleghi.", "point", **changes) == {"passed_on"}
    assert hits("Non ho passato il caso ai colleghi.", "point", **changes) == set()


def test_copied_text_is_measured_in_runs_of_eight_words() -> None:
    text = "one two three four five six seven eight nine ten"

    assert copied_share(text, [text], "en") == 1.0
    assert copied_share(text, ["one two three"], "en") == 0.0
    assert copied_share("Sure, will do.", ["Sure, will do."], "en") == 0.0
