"""What mentors do: open the queue, answer, review by keyboard, write what they saw."""

from tests.browser.month.story import Month
from tests.browser.person import Someone

PAGES = ("/cohorts/today", "/measures", "/asked", "/reviews")
COMMENT = "Keep looking before asking. Try to say by when."


def mentor_opens_queue(month: Month) -> None:
    """Look at what training showed and what is missing, and open the live queue knowingly."""
    mina = month.mentors[0]
    mina.opens(f"/trials/{month.trial}/live")
    mina.reads("1 of")
    mina.reads("Still missing")
    mina.page.get_by_label("Open it all the same", exact=False).check()
    mina.writes("Why now, in one line", "Asks before answering, and reads the articles.")
    mina.presses("Open the live queue")
    mina.reads("The live queue is open")
    mina.looks()


def mentor_answers(month: Month) -> None:
    """Answer the question that waits."""
    mina = month.mentors[0]
    mina.opens("/asked")
    mina.reads("How long may a refund take?")
    mina.follows("Answer: question, Cem")
    mina.writes("Your answer to Cem", "Five working days at most.")
    mina.presses("Answer")
    mina.looks()


def mentors_review(month: Month) -> None:
    """Score every review that waits, by keyboard alone."""
    for mentor in month.mentors:
        mentor.opens("/reviews")
        mentor.page.keyboard.press("j")
        mentor.page.get_by_role("heading", name="Scorecard").wait_for()
        while mentor.page.get_by_role("heading", name="Scorecard").count():
            mentor.looks()
            _scores(mentor)
        mentor.looks()
        for path in (*PAGES, f"/cohorts/{month.cohort}", f"/trials/{month.trial}/progress"):
            mentor.opens(path)
    mentor.opens(f"/tickets/{month.tickets[0]}")
    mentor.opens(f"/trials/{month.trial}/room")
    mentor.opens(f"/trials/{month.trial}/hours")


def mentors_write_statements(month: Month) -> None:
    """Each writes alone; then they read each other."""
    for mentor in month.mentors:
        mentor.opens(f"/trials/{month.trial}/statement")
        mentor.page.get_by_role("radio", name="Yes", exact=False).first.check()
        mentor.writes("What it rests on", "K1 asked before answering and named the next step.")
        mentor.presses("Keep my statement")
        mentor.reads("Your statement is kept")
        mentor.looks()


def _scores(mentor: Someone) -> None:
    keys = mentor.page.keyboard
    cards = mentor.page.locator("[data-rate]")
    for place in range(cards.count()):
        keys.press("4" if place == 0 else "3")
        card = cards.nth(place)
        assert card.locator("input[type=radio]:checked").count() == 1
        while card.evaluate("card => card.contains(document.activeElement)"):
            keys.press("Tab")
    comment = mentor.page.get_by_label("One thing to keep, one thing to try")
    while not comment.evaluate("box => box === document.activeElement"):
        keys.press("Tab")
    keys.type(COMMENT)
    with mentor.page.expect_navigation():
        keys.press("Control+Enter")
