"""What is denied, warned of and asked for, in three languages and in haste."""

import re

import pytest

from tests.factories.cohort import pack_files
from trialsim.simulation.library import parse_pack
from trialsim.simulation.reading.language import (
    has_negation,
    is_negated,
    is_request,
    language_of,
    respelled,
)
from trialsim.simulation.reading.likeness import Index

SECRET = {
    "en": re.compile(r"password", re.IGNORECASE),
    "it": re.compile(r"password", re.IGNORECASE),
    "ko": re.compile(r"비밀번호.*(?:보내|알려|달라)|비밀번호"),
}


def is_warning(code: str, sentence: str) -> bool:
    language = language_of(code)
    text = respelled(language, sentence)
    found = SECRET[code].search(text)
    assert found is not None
    return is_negated(language, text, *found.span(), as_trap=True)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("en", "I cannot ask you for the password."),
        ("en", "pls dont tell me ur password"),
        ("en", "If someone asks for your password, it is not us."),
        ("en", "Beware of mails that want your password."),
        ("en", "Your password is of no use to us."),
        ("en", "Sharing a password would be a mistake."),
        ("it", "Non mi mandi la password."),
        ("it", "nn mi serve la password"),
        ("it", "Se qualcuno le chiede la password, non siamo noi."),
        ("it", "Condividere la password è rischioso."),
        ("ko", "비밀번호는 절대 보내지 마세요."),
        ("ko", "비밀번호를 알려 주시면 안 됩니다."),
        ("ko", "비밀번호를 알려 주실 필요는 없습니다."),
        ("ko", "비밀번호 대신 코드를 보내 주세요."),
        ("ko", "비밀번호를 안 보내셔도 됩니다."),
        ("ko", "저희는 비밀번호를 알려 달라고 하지 않습니다."),
    ],
)
def test_what_is_denied_or_warned_of_is_known(code: str, sentence: str) -> None:
    assert is_warning(code, sentence)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("en", "If it does not work, send me the password."),
        ("en", "Can't you tell me the password?"),
        ("en", "I will not need the address, just the password."),
        ("it", "Non si preoccupi, mi mandi la password."),
        ("it", "Se non funziona mi mandi la password."),
        ("it", "Perché non mi manda la password?"),
        ("ko", "걱정하지 마시고 비밀번호를 보내 주세요."),
        ("ko", "비밀번호가 기억나지 않으시면 저에게 알려 주세요."),
        ("ko", "주소뿐만 아니라 비밀번호도 보내 주세요."),
    ],
)
def test_a_negation_about_something_else_denies_nothing(code: str, sentence: str) -> None:
    assert not is_warning(code, sentence)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("en", "Give me your full name."),
        ("en", "how many are there"),
        ("it", "Mi può indicare il nome del negozio"),
        ("it", "Vorrei sapere da quando"),
        ("ko", "언제부터 그러셨어요"),
        ("ko", "어떤 카드로 결제하셨는지 알려 주세요"),
        ("ko", "직접 결제하셨습니까"),
    ],
)
def test_a_request_needs_no_question_mark(code: str, sentence: str) -> None:
    assert is_request(language_of(code), sentence)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("en", "The refund is on its way."),
        ("it", "È stato rimborsato ieri."),
        ("ko", "어제 환불해 드렸습니다."),
        ("ko", "확인해 주셔서 감사합니다."),
    ],
)
def test_a_statement_is_no_request(code: str, sentence: str) -> None:
    assert not is_request(language_of(code), sentence)


def test_kindness_is_heard_in_every_language() -> None:
    for code, sentence in (
        ("en", "That must be frustrating."),
        ("it", "Mi dispiace per l'attesa."),
        ("ko", "많이 놀라셨겠어요."),
    ):
        assert language_of(code).empathy.search(sentence)
    assert not language_of("ko").empathy.search("감사합니다.")


def test_harsh_words_are_heard_in_every_language_and_kind_ones_are_not() -> None:
    for code, harsh, kind in (
        (
            "en",
            "That is not our problem.",
            "This is not your own fault, and it is our problem now.",
        ),
        ("it", "Non è un problema nostro.", "Non è colpa sua, è un problema nostro."),
        ("ko", "그건 저희 문제가 아닙니다.", "그건 저희 문제입니다."),
    ):
        assert language_of(code).harsh.search(harsh)
        assert not language_of(code).harsh.search(kind)


def test_no_reference_of_the_bank_is_harsh() -> None:
    pack = parse_pack(pack_files())
    texts = [
        (code, line)
        for scenario in pack.scenarios.values()
        for code in scenario.languages
        for words in [scenario.text(code)]
        for line in (*words.replies, *(line for one in words.points.values() for line in one.lines))
    ]

    assert len(texts) > 300
    assert [line for code, line in texts if language_of(code).harsh.search(line)] == []


def test_lines_that_say_no_are_told_from_those_that_do_not() -> None:
    assert has_negation(language_of("ko"), "환불해 드릴 수 없습니다.")
    assert not has_negation(language_of("ko"), "환불해 드렸습니다.")


def test_digits_stand_for_words_only_where_they_must() -> None:
    english = language_of("en")

    assert respelled(english, "want me 2 look at ur pics b4 tmrw?") == (
        "want me to look at your pictures before tomorrow?"
    )
    assert respelled(english, "It took 2 days and 4 cards.") == "It took 2 days and 4 cards."


def test_korean_is_alike_across_its_endings() -> None:
    index = Index([("paid", "카드로 직접 결제하셨나요?"), ("mail", "메일 주소가 무엇인가요?")])

    scores = index.nearest("혹시 직접 결제하신 적이 있으세요?")

    assert scores["paid"] > 0.3 > scores.get("mail", 0.0)


def test_words_that_mean_the_same_are_alike() -> None:
    lines = [("off", "Please disable it."), ("keep", "Please keep it.")]
    with_ideas = Index(lines, language_of("en")).nearest("Have it deactivated.")

    assert with_ideas["off"] > Index(lines).nearest("Have it deactivated.")["off"]
    assert with_ideas["off"] > with_ideas.get("keep", 0.0)
