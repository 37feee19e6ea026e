"""The quiz and the first days, as a pack's files say them."""

import pytest

from tests.simulation.harbour import files
from trialsim.simulation.library import parse_pack
from trialsim.simulation.types import PackInvalid, Question

QUIZ = '[[questions]]\ntext = "Which?"\nchoices = ["a", "b", "c"]\nright = {right}\n'
STEP = '[steps.hello]\ntext = "Say hello"\nminutes = {minutes}\ndone_by = "{by}"\n'


def with_file(name: str, text: str) -> dict[str, str]:
    return {**files(), name: text}


@pytest.mark.parametrize(
    ("right", "places", "several"),
    [("1", (1,), False), ('"c"', (2,), False), ("[2, 0]", (0, 2), True), ("[1]", (1,), True)],
)
def test_question_has_one_right_answer_or_several(
    *, right: str, places: tuple[int, ...], several: bool
) -> None:
    (question,) = parse_pack(with_file("quiz.toml", QUIZ.format(right=right))).quiz

    assert question == Question("Which?", ("a", "b", "c"), places, several=several)


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("quiz.toml", QUIZ.format(right="3"), "right"),
        ("quiz.toml", QUIZ.format(right="[]"), "right"),
        ("quiz.toml", QUIZ.format(right="[0, true]"), "right"),
        ("quiz.toml", QUIZ.format(right="0") + 'article = "nowhere"\n', "article"),
        ("quiz.toml", QUIZ.replace('"b"', '"a"').format(right="0"), "choices"),
        ("first_days.toml", STEP.format(minutes=10, by="magic"), "done_by"),
        ("first_days.toml", STEP.format(minutes=900, by="hello"), "minutes"),
    ],
)
def test_author_is_told_what_is_wrong(name: str, text: str, place: str) -> None:
    with pytest.raises(PackInvalid) as caught:
        parse_pack(with_file(name, text))

    assert [one.field.rpartition(".")[2] for one in caught.value.faults] == [place]


def test_first_days_are_steps_with_time_boxes_and_a_shelf_for_later() -> None:
    text = 'later = ["Chats"]\n' + STEP.format(minutes=10, by="hello")

    pack = parse_pack(with_file("first_days.toml", text))

    assert [(one.id, one.minutes, one.day) for one in pack.first_days] == [("hello", 10, 1)]
    assert pack.later == ("Chats",)
