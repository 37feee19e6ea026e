import pytest

from trialsim.inbox.remarks import Written, remarks

GOOD = "Hello Jana,\n\nyour refund for March is on its way and arrives within five days."


def words(text: str, asked: str = "") -> list[str]:
    return [one.words for one in remarks(Written(text, name="Jana Doe", asked=asked))]


def test_calm_answer_is_left_alone() -> None:
    assert words(GOOD, asked="Can I get a refund for March?") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{GOOD} Please tell me [your question].", "A placeholder is still there"),
        (f"{GOOD} It is {{order_number}}.", "A placeholder is still there"),
        (f"{GOOD} PLEASE WAIT NOW.", "This may read as shouting"),
        (f"{GOOD} Look at at this.", "A word stands twice"),
        ("Your refund is on its way.", "There is no greeting yet"),
        (f"{GOOD} " + "so we write and " * 12 + "stop.", "A sentence of 49 words: two are easier"),
    ],
)
def test_each_rule_names_what_it_sees(text: str, said: str) -> None:
    assert words(text) == [said]


def test_question_that_nothing_answers_is_named_with_its_words() -> None:
    (found,) = remarks(Written(GOOD, asked="My shop is slow. Where is my invoice?", name="Jana"))

    assert found.place == "Where is my invoice?"


def test_code_quotes_and_links_are_not_read() -> None:
    assert words(f"{GOOD}\n\n> LOUD WORDS HERE\n\n`the the` https://a.example/AND_AND") == []


def test_later_replies_and_notes_need_no_greeting() -> None:
    assert remarks(Written("Done.", is_first=False)) == ()
    assert remarks(Written("Ask the bank.", is_note=True)) == ()
    assert remarks(Written("  ")) == ()


@pytest.mark.parametrize(
    "text", ["a" * 60_000, "[a" * 30_000, "`" * 59_999, "ab " * 20_000, "👩‍💻مرحبا" * 5000]
)
def test_any_text_is_read_to_its_end(text: str) -> None:
    assert len(remarks(Written(text, asked="?" * 5000))) <= 20
