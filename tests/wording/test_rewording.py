import pytest

from trialsim.simulation.rewording import fault, instructions
from trialsim.simulation.types import Persona

SAID = (
    "Hello, I was charged EUR 49.00 twice on 3 March. My shop is Ferro & Figli, "
    "ferro-figli.example. I did not change anything. Can you help?"
)


def test_other_words_for_the_same_are_taken() -> None:
    reworded = (
        "Hi, I have been charged EUR 49.00 twice, on 3 March. The shop is Ferro & Figli "
        "(ferro-figli.example), and I did not change anything. Could you help?"
    )

    assert fault(SAID, reworded) == ""


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("EUR 49.00", "EUR 94.00", "number"),
        (" on 3 March", "", "number"),
        ("ferro-figli.example", "ferro-figli.example or http://pay.example", "link"),
        ("ferro-figli.example", "my address", "link"),
        ("I did not change anything", "I did change something", "refusal"),
        ("Can you help?", "Please help.", "question"),
        ("My shop is Ferro & Figli", "My shop is the one you know", "name"),
        ("twice", "twice by Marta", "name"),
        ("twice", "“twice”", "quotation"),
    ],
)
def test_a_changed_fact_is_found(before: str, after: str, reason: str) -> None:
    assert reason in fault(SAID, SAID.replace(before, after))


@pytest.mark.parametrize(
    "reworded",
    [
        "",
        "x" * 5000,
        SAID + "\0",
        "As an AI language model I cannot do that.",
        "Here is the message: " + SAID,
        '{"text": "hello"}',
        SAID + " By the way the backup was damaged because a cookie banner clashes with checkout, "
        "which broke everything and made visitors leave without paying anything whatsoever.",
        "Hello, EUR 49.00, 3 March, Ferro & Figli, ferro-figli.example, not. Help?",
    ],
)
def test_what_is_no_rewording_is_refused(reworded: str) -> None:
    assert fault(SAID, reworded) != ""


def test_the_model_is_told_how_the_customer_writes_and_nothing_else() -> None:
    told = instructions(Persona(tone="irritated", first_name="Ada", non_native=True), "chat", "it")

    assert "annoyed" in told
    assert "chat" in told
    assert "Ada" not in told
