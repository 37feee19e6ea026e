"""A reply as sentences: nothing the writer wrote is lost but quotations and signatures."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialsim.simulation.reading.language import language_of
from trialsim.simulation.reading.sentences import sentences_of

WORDS = {
    "en": ("refund", "please", "the", "page", "again", "it", "two", "cards", "today"),
    "it": ("rimborso", "la", "pagina", "ancora", "è", "carta", "oggi", "perché", "due"),
    "ko": ("결제를", "확인했습니다", "다시", "페이지를", "카드", "오늘", "보내", "지금", "두"),
}
QUOTED = {
    "en": "On Mon, 2 Mar 2026 at 10:02, Ana <ana@larkfield.example> wrote:",
    "it": "Il giorno lun 2 mar 2026 alle ore 10:02 Ana <ana@larkfield.example> ha scritto:",
    "ko": "2026년 3월 2일 (월) 오전 10:02, Ana <ana@larkfield.example>님이 작성:",
}
SIGNED = {
    "en": "Kind regards,\nJo Brook\nHarbour Sites",
    "it": "Cordiali saluti,\nGiulia Rossi\nHarbour Sites",
    "ko": "감사합니다.\n김하늘 드림",
}
CODES = st.sampled_from(["en", "it", "ko"])
MARKS = st.sampled_from(["", "- ", "* ", "• ", "1. ", "2) ", "(3) ", "a) "])
ENDS = st.sampled_from([".", "!", "?", "?!", "...", ":", ";", ",", "", "~"])


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def read(text: str, code: str) -> list[str]:
    return [word for one in sentences_of(text, language_of(code)) for word in words_of(one.text)]


@st.composite
def own_lines(draw: Callable[[st.SearchStrategy[str]], str], code: str) -> list[str]:
    """Lines of a reply without their bullets; the last is long enough to be no name."""
    size = draw(st.sampled_from(["1", "2", "4"]))
    lines = []
    for _ in range(int(size)):
        words = [draw(st.sampled_from(WORDS[code])) for _ in range(6)]
        lines.append(" ".join(words) + draw(ENDS))
    return lines


@settings(max_examples=30, deadline=None)
@given(data=st.data(), code=CODES)
def test_no_word_of_a_reply_is_lost(data: st.DataObject, code: str) -> None:
    lines = data.draw(own_lines(code))
    text = "\n".join(data.draw(MARKS) + line for line in lines)

    assert read(text, code) == words_of(" ".join(lines))


@settings(max_examples=30, deadline=None)
@given(data=st.data(), code=CODES, mailer=CODES)
def test_only_quotation_and_signature_are_dropped(
    data: st.DataObject, code: str, mailer: str
) -> None:
    above, below = data.draw(own_lines(code)), data.draw(own_lines(code))
    quoted = [f"> {line}" for line in data.draw(own_lines(mailer))]
    text = "\n".join([*above, "", QUOTED[mailer], *quoted, "", *below, "", SIGNED[code]])

    assert read(text, code) == words_of(" ".join([*above, *below]))


@settings(max_examples=30, deadline=None)
@given(data=st.data(), code=CODES, mailer=CODES)
def test_what_follows_an_unmarked_quotation_is_somebody_elses(
    data: st.DataObject, code: str, mailer: str
) -> None:
    above, theirs = data.draw(own_lines(code)), data.draw(own_lines(mailer))
    text = "\n".join([*above, "", SIGNED[code], "", QUOTED[mailer], "", *theirs])

    assert read(text, code) == words_of(" ".join(above))


def test_an_introduction_broken_in_two_lines_is_known() -> None:
    text = "It is done now.\n\nOn Mon, 2 Mar 2026 at 10:02, Ana\n<ana@a.example> wrote:\n> Help"

    assert read(text, "en") == ["It", "is", "done", "now"]


def test_the_head_of_a_forwarded_mail_ends_what_is_own() -> None:
    text = "See below.\n\nFrom: Ana <ana@a.example>\nSent: Monday\nTo: us\nSend me the password."

    assert read(text, "en") == ["See", "below"]


def test_a_dash_line_begins_a_signature_of_a_few_lines_only() -> None:
    assert read("Restart it.\n-- \nJo\nSupport", "en") == ["Restart", "it"]
    long = "\n".join(f"Step {number} is to press the button." for number in range(8))
    assert len(read(f"Do this.\n--\n{long}", "en")) == 2 + 8 * 7


@pytest.mark.parametrize(
    "text",
    [
        "Please do it.\nThanks\nSend me your password",
        "Please do it.\nThanks for your card number",
        "Please do it.\nBest,\nDelete the whole shop.",
        "Please do it.\nCheers\nWhich browser?",
    ],
)
def test_a_sentence_is_not_hidden_behind_a_closing_formula(text: str) -> None:
    assert read(text, "en") == words_of(text)


def test_a_number_does_not_end_a_sentence_but_a_full_stop_after_it_does() -> None:
    first = sentences_of("It cost 5. Then pay. See no. 7 below.", language_of("en"))

    assert [one.text for one in first] == ["It cost 5.", "Then pay.", "See no. 7 below."]


def test_list_items_hang_on_the_line_before_them() -> None:
    text = "Please never:\n\n- send your password\n- delete the site\nWrite to me."

    leads = [(one.lead, one.text) for one in sentences_of(text, language_of("en"))]

    assert leads == [
        ("", "Please never:"),
        ("Please never", "send your password"),
        ("Please never", "delete the site"),
        ("", "Write to me."),
    ]


def test_korean_sentences_end_with_their_verbs() -> None:
    text = "안녕하세요 결제를 확인했습니다.다시 해 보시겠어요? 오늘 보내 드릴게요~ 감사해요^^ 끝"

    assert [one.text for one in sentences_of(text, language_of("ko"))] == [
        "안녕하세요",
        "결제를 확인했습니다.",
        "다시 해 보시겠어요?",
        "오늘 보내 드릴게요~",
        "감사해요^^",
        "끝",
    ]
