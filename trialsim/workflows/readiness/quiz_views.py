"""The readiness quiz: answering it, and reading afterwards what was right."""

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trialsim.accounts.signing_in import current_person
from trialsim.kit.errors import Invalid
from trialsim.programmes.rules import Need, Thing
from trialsim.training.actions import take_quiz
from trialsim.trials import access
from trialsim.trials.models import Trial
from trialsim.web.context import now
from trialsim.web.guards import signed_in
from trialsim.web.once import once
from trialsim.web.session import session
from trialsim.workflows.readiness.quiz_pages import attempt_page, quiz_page

blueprint = Blueprint("quiz", __name__, url_prefix="/trials/<pid:pid>/quiz")
_MOST_DIGITS = 3


@blueprint.get("")
@signed_in
def show(pid: str) -> ResponseReturnValue:
    """Show the own readiness check with the quiz, where it is open."""
    return _page(_own(pid))


@blueprint.post("")
@signed_in
@once
def answer(pid: str) -> ResponseReturnValue:
    """Keep the answers and show what was right."""
    trial = _own(pid)
    chosen = _chosen()
    try:
        attempt = take_quiz(session, trial, chosen, by=current_person(), now=now())
    except Invalid as error:
        return _page(trial, chosen, error.fields), 422
    return redirect(url_for("quiz.attempt", pid=pid, number=attempt.number), 303)


@blueprint.get("/<int:number>")
@signed_in
def attempt(pid: str, number: int) -> ResponseReturnValue:
    """Show one attempt with the right answers, to its candidate and to mentors."""
    person = current_person()
    trial, _ = access.trial(session, person, pid, Thing.TRIAL, Need.READ)
    page = attempt_page(session, trial, number, person, now())
    return render_template("readiness/attempt.html", page=page)


def _own(pid: str) -> Trial:
    return access.trial(session, current_person(), pid, Thing.TRIAL, Need.WRITE)[0]


def _chosen() -> dict[int, list[int]]:
    """Read the ticked places by question: `q3` holds those of the fourth in the pack."""
    found: dict[int, list[int]] = {}
    for name in request.form:
        if name.startswith("q") and _is_place(name[1:]):
            found[int(name[1:])] = [
                int(one) for one in request.form.getlist(name)[:20] if _is_place(one)
            ]
    return found


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS


def _page(
    trial: Trial,
    chosen: Mapping[int, list[int]] | None = None,
    errors: Mapping[str, str] | None = None,
) -> str:
    page = quiz_page(session, trial, now(), dict(chosen or {}))
    return render_template("readiness/quiz.html", page=page, errors=dict(errors or {}))
