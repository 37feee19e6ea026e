"""The candidate's days: terms, practice, the live queue, asking, reading feedback."""

from tests.browser.month.story import Month
from tests.browser.person import Someone
from tests.browser.reference import Press, Step, answer_is_due_in, reference

PAGES = ("/hours", "/room", "/feedback", "/letters", "/help", "/account", "/trial")


def candidate_accepts(month: Month) -> None:
    """Read the terms and accept them."""
    cem = month.candidate
    cem.opens("/")
    assert cem.page.url.endswith("/terms")
    month.trial = cem.page.url.split("/")[-2]
    cem.page.get_by_label("I have read these terms and accept them.").check()
    cem.presses("Accept and begin")
    cem.reads("These terms are now fixed")
    cem.looks()
    cem.opens(f"/trials/{month.trial}/terms")


def candidate_practises(month: Month) -> None:
    """Clock in, solve one practice ticket in two replies, and stop."""
    cem = month.candidate
    cem.opens("/desk")
    cem.presses("Clock in")
    month.house.later(minutes=5)
    cem.opens("/desk")
    cem.follows("Start work")
    cem.reads("Practice, not scored")
    ticket = _ticket(cem)
    first, *others = reference(month.house, ticket)
    _replies(cem, first, "pending")
    cem.looks()
    _waits(month, ticket)
    for step in others:
        month.house.later(minutes=6)
        _replies(cem, step, "solved")
    cem.looks()
    cem.presses("Clock out")
    cem.looks()


def candidate_takes_the_quiz(month: Month) -> None:
    """Answer every question somehow, and read what was right."""
    cem = month.candidate
    cem.opens(f"/trials/{month.trial}/quiz")
    for question in cem.page.locator("fieldset.card").all():
        question.locator("input").first.check()
    cem.presses("Answer and see what was right")
    cem.reads("of 16 right")
    cem.looks()


def candidate_works(month: Month) -> None:
    """Solve one ticket with all it takes, and every other as it comes."""
    cem = month.candidate
    cem.opens("/desk")
    cem.presses("Clock in")
    month.house.later(minutes=100)  # until then the plan holds practice alone
    cem.opens("/desk/reply")
    ticket = next(one for one in month.waiting() if _is_long(reference(month.house, one)))
    month.tickets.append(ticket)
    *first, last = reference(month.house, ticket)
    for step in first:
        _does(cem, ticket, step)
        _replies(cem, step, "pending")
        _waits(month, ticket)
        cem.looks()
    _does(cem, ticket, last)
    _replies(cem, last, "solved")
    cem.looks()


def candidate_works_on(month: Month) -> None:
    """Go on until the plan holds no more: the last ticket comes at a worked hour of its own."""
    cem = month.candidate
    for _ in range(3):
        for ticket in month.waiting():
            step = reference(month.house, ticket)[-1]
            cem.page.goto(f"{month.house.url}/tickets/{ticket}")
            month.house.later(minutes=8)
            _replies(cem, step, "solved")
        month.house.later(minutes=45)
        cem.opens("/desk")
    cem.opens("/desk/solved")
    cem.presses("Clock out")


def candidate_asks(month: Month) -> None:
    """Ask a mentor, and say what the day was like."""
    cem = month.candidate
    cem.opens("/room")
    cem.writes("Your question or message", "How long may a refund take?")
    cem.presses("Post")
    cem.writes("Done", "Two answered, one solved")
    cem.writes("Next", "The refund")
    cem.presses("Post update")
    cem.writes("Hand-over note", "Nothing promised is open.")
    cem.presses("Leave note")
    cem.looks()


def candidate_reads_the_answer(month: Month) -> None:
    """Find the answer in the room, and look at every page that is there."""
    cem = month.candidate
    cem.opens("/room")
    cem.reads("Five working days at most.")
    for path in PAGES:
        cem.opens(path)
    cem.opens("/help")
    cem.follows("Refunds", within=cem.page.get_by_role("main"), exact=False)


def candidate_reads_feedback(month: Month) -> None:
    """Read what a mentor wrote, and say so."""
    cem = month.candidate
    cem.opens("/feedback")
    cem.page.get_by_role("main").locator("li a").first.click()
    cem.page.get_by_role("button", name="I have read this").wait_for()
    cem.looks()
    address = cem.page.url
    cem.presses("I have read this")
    cem.opens(address)
    cem.reads("You marked this as read")


def _ticket(cem: Someone) -> str:
    return cem.page.url.rpartition("/")[2].partition("?")[0]


def _is_long(steps: tuple[Step, ...]) -> bool:
    return len(steps) > 1 and any(step.presses for step in steps)


def _waits(month: Month, ticket: str) -> None:
    """Clock out until the customer has answered."""
    cem = month.candidate
    cem.presses("Clock out")
    month.house.later(minutes=answer_is_due_in(month.house, ticket))
    cem.opens(f"/tickets/{ticket}")
    cem.presses("Clock in")


def _does(cem: Someone, ticket: str, step: Step) -> None:
    for press in step.presses:
        cem.opens(f"/tickets/{ticket}?record={press.record}")
        _presses(cem, press)
        cem.looks()


def _presses(cem: Someone, press: Press) -> None:
    form = cem.page.locator("form", has=cem.page.get_by_role("button", name=press.label))
    for label, value in press.details:
        field = form.get_by_label(label, exact=True)
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    cem.presses(press.label, form.first)


def _replies(cem: Someone, step: Step, status: str) -> None:
    form = cem.page.get_by_role("form", name="Reply to")
    form.get_by_label("Your reply, in Markdown").fill(step.text)
    if status == "pending":
        cem.presses("Send as Pending", form)
    else:
        form.get_by_label("Choose another status").click()
        cem.presses("Solved", form, exact=False)
    cem.reads("Sent.")
