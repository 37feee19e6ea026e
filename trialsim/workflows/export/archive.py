"""The archive itself: JSON a machine can read, letters a person can, and what is not in it."""

import json
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.journal.actions import record
from trialsim.workflows.export import gathering
from trialsim.workflows.export.letters import letters_of

_README = """Everything TrialSim holds about you, as of {at} UTC.

account.json          your account and the roles you hold or held
everything/*.json     one file a kind: tickets, messages, reviews about you, hours, pay, room …
trials.json           your trials with the rules you accepted
letters/              letters to you, to open in a browser
files/                what you attached

Other people stand here by their first name, and only where they wrote to you. Not in here: what
has not happened yet, reviews and letters that are not released, the engine’s hidden facts, sealed
votes, and what others wrote about somebody else. What you wrote about candidates as a mentor or a
committee member belongs to their records and is given to them.

Anything wrong or missing? Please write to the manager.
"""


def make_archive(session: Session, person: Person, now: datetime) -> BytesIO:
    """Return a zip with everything held about somebody, its position at the start.

    It is made in memory, attached files one after the other. The making is a fact of the journal.
    """
    record(session, "export_made", person.public_id, by=person.id, at=now)
    mine = gathering.owned(session, person, now)
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:

        def put(name: str, content: str | bytes) -> None:
            archive.writestr(ZipInfo(name, now.timetuple()[:6]), content, ZIP_DEFLATED)

        put("README.txt", _README.format(at=f"{now:%Y-%m-%d %H:%M}"))
        put("account.json", _json(gathering.account(session, person)))
        put("trials.json", _json([gathering.trial_facts(*one) for one in mine.trials]))
        for file, rows in gathering.rows(session, mine).items():
            put(f"everything/{file}.json", _json(rows))
        for trial, _, _ in mine.trials:
            for name, text in letters_of(session, trial).items():
                put(f"letters/{trial.public_id}/{name}", text)
        for name, content in gathering.files(session, mine):
            put(f"files/{name}", content)
    made.seek(0)
    return made


def _json(value: Mapping[str, object] | list[gathering.Json]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
