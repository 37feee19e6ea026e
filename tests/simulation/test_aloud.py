"""What a customer asked for aloud, and how somebody sounds who speaks."""

import pytest

from trialsim.simulation.aloud import asked_aloud
from trialsim.simulation.types import Persona
from trialsim.simulation.voice import speaking


@pytest.mark.parametrize(
    ("said", "language", "asked"),
    [
        ("My shop is slow. Why is that? It is Tuesday.", "en", ["Why is that?"]),
        ("Please look at it today. I am calm.", "en", ["Please look at it today."]),
        ("Il sito è lento. Vorrei saperne di più.", "it", ["Vorrei saperne di più."]),
        ("느립니다. 오늘 안에 봐 주세요.", "ko", ["오늘 안에 봐 주세요."]),
        ("Thank you. Goodbye.", "en", []),
    ],
)
def test_only_what_asks_for_something_is_listed(said: str, language: str, asked: list[str]) -> None:
    assert list(asked_aloud([said], language)) == asked


def test_an_ask_that_is_repeated_stands_once_and_the_latest_are_kept() -> None:
    said = [f"Can you do number {one}?" for one in range(12)] + ["Can you do number 11?"]

    asked = asked_aloud(said, "en")

    assert len(asked) == 8
    assert asked[-1] == "Can you do number 11?"


def test_nobody_who_speaks_makes_slips_of_the_keyboard() -> None:
    typist = Persona(lower_case=True, drops_end_mark=True, typo_share=0.2, non_native=True)

    heard = speaking(typist, "call")

    assert heard == Persona(non_native=True)
    assert speaking(typist, "chat") == typist
