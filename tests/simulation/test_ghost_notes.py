"""What ghosts write to colleagues."""

from statistics import fmean

from trialsim.simulation.ghost_notes import asks_mentor, daily_update, hand_over, question
from trialsim.simulation.ghosts import GHOSTS, Quality

BY_NAME = {ghost.name: ghost for ghost in GHOSTS}
OPEN = ("Nobody can pay", "Where is my domain")


def asking(name: str, quality: Quality) -> float:
    return fmean(asks_mentor(BY_NAME[name], quality, "seed", one) for one in range(400))


def test_a_lost_ghost_asks_more_often_than_a_sure_one() -> None:
    assert asking("excellent", Quality.PARTIAL) > 3 * asking("excellent", Quality.RIGHT)


def test_a_silent_ghost_hardly_ever_asks() -> None:
    assert asking("silent", Quality.WRONG) < 0.15


def test_a_question_names_its_ticket() -> None:
    assert "Nobody can pay" in question("Nobody can pay", "seed", 1)


def test_a_silent_ghost_posts_fewer_updates_than_an_excellent_one() -> None:
    def posted(name: str) -> int:
        return sum(
            bool(daily_update(BY_NAME[name], day=day, solved=5, open_subjects=OPEN, seed="s"))
            for day in range(60)
        )

    assert posted("silent") < 0.6 * posted("excellent")


def test_a_good_hand_over_names_every_open_ticket() -> None:
    notes = [
        hand_over(BY_NAME["excellent"], block=b, open_subjects=OPEN, seed="s") for b in range(9)
    ]

    assert any(all(subject in note for subject in OPEN) for note in notes)


def test_nothing_open_is_told_by_who_tells_things() -> None:
    assert hand_over(BY_NAME["excellent"], block=1, open_subjects=(), seed="s") == "Nothing open."
    assert not hand_over(BY_NAME["silent"], block=1, open_subjects=(), seed="s")
