"""What a hand-over note must say so that somebody else can act on it."""

import pytest

from trialsim.simulation.hand_over import Lack, Left, read_note

LEFT = (
    Left(
        3,
        "White page after the update",
        "Marta Bianchi",
        "My bakery shows a white page. It was the menu plugin that I updated.",
        "en",
        touched=True,
    ),
    Left(7, "Charged twice", "Jonas Weber", "Two payments for one month.", "en", touched=False),
    Left(9, "Slow shop", "Marta Bianchi", "Slow since the sale banner came.", "en", touched=True),
)


def lacks(note: str, code: str = "en") -> dict[int, tuple[Lack, ...]]:
    return {one.number: one.lacks for one in read_note(note, LEFT, code)}


@pytest.mark.parametrize(
    "note",
    [
        "#3: the bakery's menu plugin broke it. If she answers, restore the backup.",
        "3: menu plugin of the bakery; ask for the date next",
        "White page after the update: bakery, menu plugin. Please restore the backup.",
        "Ticket 3. It was the menu plugin on the bakery. Once she agrees, restore it.",
    ],
)
def test_a_note_covers_by_name_what_is_known_and_what_is_next(note: str) -> None:
    assert lacks(note)[3] == ()


def test_a_note_that_only_points_at_the_queue_covers_nothing() -> None:
    assert set(lacks("3 open, see the queue. Please take care of all of them.").values()) == {
        (Lack.NAME,)
    }


def test_a_list_of_numbers_says_nothing_about_any_of_them() -> None:
    found = lacks("#3, #7, #9: all wait for an answer, please follow up.")

    assert found[3] == found[9] == (Lack.KNOWN,)
    assert found[7] == ()  # nobody has looked at it, so there is nothing to know yet


def test_what_is_known_without_a_next_step_is_half_a_note() -> None:
    assert lacks("#9: the sale banner made it slow.")[9] == (Lack.NEXT,)


def test_a_name_that_two_tickets_share_tells_neither() -> None:
    found = lacks("Marta has the sale banner; please wait. Jonas: greet him, two payments.")

    assert found[3] == found[9] == (Lack.NAME,)
    assert found[7] == ()


def test_an_amount_is_no_ticket_number() -> None:
    assert lacks("Refund 3 payments, at 9 o'clock, please.")[3] == (Lack.NAME,)


def test_notes_in_italian_and_korean_are_read_as_well() -> None:
    assert lacks("#9: rallenta per il banner sale; poi disattivare il banner.", "it")[9] == ()
    korean = Left(4, "결제", "김민지", "쇼핑몰 배너 때문에 느려요", "ko", touched=True)

    (found,) = read_note("#4 쇼핑몰이 배너로 느립니다. 내일 배너를 꺼 주세요.", (korean,), "ko")

    assert found.is_covered
