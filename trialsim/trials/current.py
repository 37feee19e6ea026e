"""What the person who sends this request holds; asked once a request. Knows Flask."""

from typing import cast

from flask import g

from trialsim.accounts.signing_in import current_person
from trialsim.kit.errors import NotFound
from trialsim.programmes.rules import Role
from trialsim.trials.models import Trial
from trialsim.trials.queries import Standing, standings
from trialsim.web.session import session


def current_standings() -> list[Standing]:
    """Return every role the signed-in person holds, newest cohort first; one query a request."""
    if "standings" not in g:
        g.standings = standings(session, current_person())
    return cast("list[Standing]", g.standings)


def own_trials() -> list[Trial]:
    """Return the signed-in person's own trials, newest first."""
    return [
        one.trial
        for one in current_standings()
        if one.trial is not None and one.membership.role is Role.CANDIDATE
    ]


def own_trial() -> Trial:
    """Return the newest trial of the signed-in person.

    Raises:
        NotFound: for somebody who is no candidate: the page does not exist for them.
    """
    held = own_trials()
    if not held:
        raise NotFound
    return held[0]
