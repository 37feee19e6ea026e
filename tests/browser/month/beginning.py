"""The first day: an installation without people becomes a cohort that has started."""

import re

from sqlmodel import select

from tests.browser.month.story import COMMITTEE, MENTORS, Month
from tests.browser.person import Someone
from tests.cast import FIRST_DAY, PASSWORD
from trialsim.accounts.actions import add_person, make_link
from trialsim.accounts.models import LinkKind
from trialsim.db import write_session
from trialsim.outbox.models import Mail
from trialsim.programmes.models import Cohort

RULES = {
    "Length": "7",
    "Training, not scored": "1",
    "Ends within": "7",
    "Most hours a week": "5",
    "Conversations an hour": "1.2",
    "Reviewed for each candidate": "3",
    "To read before voting": "2",
}
SEED = 7  # a cohort's own seed comes from its random address; the errand needs the same one always


def manager_comes_in(month: Month) -> None:
    """Do what `trialsim person add --manager` does, and follow the link it prints."""
    with write_session(month.house.engine) as session:
        now = month.house.clock.now()
        olu = add_person(session, email=month.manager.email, name="", now=now, is_manager=True)
        token = make_link(session, olu, LinkKind.INVITATION, now)
    _chooses_password(month.manager, f"{month.house.url}/invitations/{token}")
    month.manager.reads("No programme yet")
    month.manager.looks()


def manager_sets_up(month: Month) -> None:
    """Make a small programme from the template, and a cohort."""
    olu = month.manager
    olu.follows("New programme")
    olu.follows("Hiring trial")
    olu.writes("Name", "Spring trial")
    for label, value in RULES.items():
        olu.page.get_by_label(label, exact=True).fill(value)
    olu.page.get_by_label("Hourly rate", exact=True).fill("26.50")
    olu.page.get_by_text("€132.50").wait_for()  # the preview has followed the form
    olu.presses("Create programme")
    olu.looks()
    olu.writes("Name of the cohort", "March cohort")
    olu.writes("First day", FIRST_DAY.isoformat())
    olu.presses("Add cohort")
    olu.looks()
    month.cohort = olu.page.url.split("/")[-2]
    with write_session(month.house.engine) as session:
        session.exec(select(Cohort)).one().seed = SEED


def manager_invites(month: Month) -> None:
    """Invite everybody by email; each follows the link that waits in the outbox."""
    olu = month.manager
    roles = {"Candidate": ["cem"], "Mentor": MENTORS, "Committee": COMMITTEE}
    for role, names in roles.items():
        for name in names:
            olu.writes("Email", f"{name}@example.org")
            olu.page.get_by_role("radio", name=role, exact=True).check()
            olu.presses("Invite")
    olu.looks()
    olu.opens("/outbox")
    letters = olu.page.locator("li", has=olu.page.locator("pre"))
    for name in ("cem", *MENTORS, *COMMITTEE):
        letter = letters.filter(has_text=f"To {name}@example.org").last
        link = re.search(r"http\S+/invitations/\S+", letter.locator("pre").text_content() or "")
        assert link is not None
        _chooses_password(month.people[name], link.group(0))
        month.people[name].looks()


def manager_starts(month: Month) -> None:
    """Start the cohort."""
    olu = month.manager
    olu.opens(f"/cohorts/{month.cohort}/people")
    olu.presses("Start the cohort")
    olu.reads("The cohort has started: 1 trial")
    olu.looks()


def letters_to(month: Month, name: str) -> list[str]:
    """Return the subjects of the mail written to somebody."""
    with month.house.looked_into() as session:
        query = select(Mail.subject).where(Mail.recipient == f"{name}@example.org")
        return list(session.exec(query))


def _chooses_password(someone: Someone, link: str) -> None:
    someone.page.goto(link)
    someone.looks()
    someone.care.seen[someone.name].clear()  # single use: it cannot be looked at again
    someone.writes("Your name", someone.name.title())
    someone.writes("Password", PASSWORD)
    someone.presses("Save and sign in")
