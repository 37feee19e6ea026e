"""Inviting people to a cohort, and ending a role held in one."""

from datetime import datetime

from sqlmodel import Session

from trialsim.accounts.actions import add_person, make_link
from trialsim.accounts.models import LinkKind, Person
from trialsim.accounts.rules import INVITATION_LASTS, token_hash
from trialsim.inbox.actions.sending import deliver_all
from trialsim.kit.errors import Conflict
from trialsim.outbox.actions import queue
from trialsim.outbox.texts import mail_text
from trialsim.programmes.actions import add_member, end_membership
from trialsim.programmes.models import Cohort, CohortState, Membership
from trialsim.programmes.queries import programme_of
from trialsim.programmes.rules import Role
from trialsim.trials import actions as trials
from trialsim.trials.models import Trial
from trialsim.trials.queries import cohort_trials, members

ROLE_WORDS = {
    Role.CANDIDATE: "candidate",
    Role.MENTOR: "mentor",
    Role.COMMITTEE: "member of the hiring committee",
}


def invite(  # noqa: PLR0913 (whom, to what, by whom, when)
    session: Session,
    cohort: Cohort,
    *,
    email: str,
    name: str,
    role: Role,
    by: Person,
    now: datetime,
    base_url: str,
) -> Membership:
    """Add somebody to a cohort and write to them; once more sends a fresh link, if one is needed.

    Raises:
        Invalid: for an address that cannot be invited, or somebody with another role here.
        Conflict: for a candidate who comes after the start.
    """
    person = add_person(session, email=email, name=name, now=now)
    membership = add_member(session, cohort, person, role, by=by, now=now)
    values = {
        "person": person,
        "inviter": by,
        "cohort": cohort,
        "programme": programme_of(session, cohort),
        "role": ROLE_WORDS[role],
        "starts_on": f"{cohort.starts_on:%A} {cohort.starts_on.day} {cohort.starts_on:%B %Y}",
    }
    if person.password_hash is None:
        token = make_link(session, person, LinkKind.INVITATION, now)
        values |= {"address": f"{base_url}/invitations/{token}", "days": INVITATION_LASTS.days}
        key, text = (
            f"invitation-{token_hash(token)[:24]}",
            mail_text("email/programmes/invitation.txt", **values),
        )
    else:
        values |= {"address": f"{base_url}/"}
        key = f"added-{cohort.public_id}-{person.public_id}-{role}"
        text = mail_text("email/programmes/added.txt", **values)
    queue(
        session,
        recipient=person.email,
        subject=f"{cohort.name}: you are invited as {ROLE_WORDS[role]}",
        body=text,
        dedupe_key=key,
        now=now,
    )
    return membership


def end_role(
    session: Session, cohort: Cohort, membership: Membership, *, by: Person, now: datetime
) -> None:
    """End a role at once: a candidate's trial closes, a mentor's candidates get another mentor.

    Raises:
        Conflict: for the last mentor of a cohort that has started, or a role that has ended.
    """
    if membership.ended_at is not None:
        raise Conflict("This role has ended already.")
    end_membership(session, membership, by=by, now=now)
    if cohort.state is CohortState.DRAFT:
        return
    held = [trial for trial, _ in cohort_trials(session, cohort.id or 0)]
    if membership.role is Role.CANDIDATE:
        own = [trial for trial in held if trial.person_id == membership.person_id]
        for trial in own:
            deliver_all(session, trial, now)
            trials.close(session, trial, by=by, now=now)
    elif membership.role is Role.MENTOR:
        led = [trial for trial in held if trial.mentor_id == membership.person_id]
        _pass_on(session, cohort, led)


def _pass_on(session: Session, cohort: Cohort, led: list[Trial]) -> None:
    session.flush()
    others = members(session, cohort.id or 0, Role.MENTOR)
    if not others:
        raise Conflict("A cohort that has started needs a mentor. Please invite another first.")
    for place, trial in enumerate(led):
        trial.mentor_id = others[place % len(others)].id
        session.add(trial)


def tell_candidates(session: Session, cohort: Cohort, *, now: datetime, base_url: str) -> None:
    """Mail every candidate of a started cohort that their terms are there to read."""
    for trial, person in cohort_trials(session, cohort.id or 0):
        queue(
            session,
            recipient=person.email,
            subject=f"Your trial is ready: {cohort.name}",
            body=mail_text(
                "email/programmes/started.txt",
                person=person,
                cohort=cohort.name,
                starts_on=f"{trial.starts_on:%d %B %Y}".lstrip("0"),
                address=f"{base_url}/trials/{trial.public_id}/terms",
            ),
            dedupe_key=f"started-{trial.public_id}",
            now=now,
        )
