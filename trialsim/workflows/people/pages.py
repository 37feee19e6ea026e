"""What the page of a cohort's people shows; five queries at any size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.journal.queries import facts
from trialsim.programmes.models import Cohort, CohortState, Membership, Programme
from trialsim.programmes.queries import memberships, programme_of, rules_of
from trialsim.programmes.rules import ProgrammeRules, Role
from trialsim.trials.models import Trial
from trialsim.trials.queries import cohort_trials
from trialsim.trials.rules import TrialState
from trialsim.workflows.enrol import GOOD_MENTORS, WORK_PLANNED, Readiness, readiness

_TRIAL_WORDS = {
    TrialState.INVITED: "Has yet to accept the terms",
    TrialState.TRAINING: "In training",
    TrialState.LIVE: "At work",
    TrialState.CLOSED: "Trial closed",
    TrialState.DECIDED: "Decided",
}
_TONES = {TrialState.TRAINING: "accent", TrialState.LIVE: "good"}


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a cohort, and how far they are."""

    person: Person
    state: str
    tone: str
    ended: bool
    has_come: bool
    mentor: str

    @property
    def can_invite_again(self) -> bool:
        """Whether a fresh link is of use."""
        return not self.ended and not self.has_come


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one role; `hint` says how many there should be."""

    role: Role
    title: str
    hint: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the checklist."""

    words: str
    done: bool
    note: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A cohort's people, what is missing, and the form to invite one more."""

    cohort: Cohort
    programme: Programme
    rules: ProgrammeRules
    groups: tuple[Group, ...]
    steps: tuple[Step, ...]
    ready: Readiness
    is_draft: bool
    equality: tuple[str, ...]
    sends_mail: bool
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    refused: str = ""


def people_page(session: Session, cohort: Cohort, *, sends_mail: bool) -> PeoplePage:
    """Return the page without any form typed."""
    programme = programme_of(session, cohort)
    rules = rules_of(programme)
    held = memberships(session, cohort.id or 0)
    trials = {trial.person_id: trial for trial, _ in cohort_trials(session, cohort.id or 0)}
    names = {person.id: person.name for _, person in held}
    by_role = {
        role: tuple(
            _member(membership, person, trials.get(membership.person_id), names)
            for membership, person in held
            if membership.role is role
        )
        for role in Role
    }
    counts = {role: _count(members) for role, members in by_role.items()}
    ready = readiness(rules, counts[Role.CANDIDATE], counts[Role.MENTOR], counts[Role.COMMITTEE])
    return PeoplePage(
        cohort=cohort,
        programme=programme,
        rules=rules,
        groups=tuple(_groups(rules, by_role)),
        steps=tuple(_steps(rules, by_role, counts)),
        ready=ready,
        is_draft=cohort.state is CohortState.DRAFT,
        equality=_equality(session, cohort),
        sends_mail=sends_mail,
    )


def _equality(session: Session, cohort: Cohort) -> tuple[str, ...]:
    """Return how equal the planned work is, as written down at the start."""
    told = facts(session, subject=cohort.public_id, kind=WORK_PLANNED)
    return tuple(told[-1].detail["lines"]) if told else ()


def _count(members: Sequence[Member]) -> int:
    return sum(not one.ended for one in members)


def _member(
    membership: Membership, person: Person, trial: Trial | None, names: Mapping[int | None, str]
) -> Member:
    ended = membership.ended_at is not None
    state, tone = _state(membership, person, trial)
    return Member(
        person=person,
        state=state,
        tone=tone,
        ended=ended,
        has_come=_has_come(membership, person),
        mentor=names.get(trial.mentor_id, "") if trial is not None and not ended else "",
    )


def _state(membership: Membership, person: Person, trial: Trial | None) -> tuple[str, str]:
    if membership.ended_at is not None:
        return "Ended", "outline"
    if trial is not None and trial.left_at is not None:
        return "Has left", "outline"
    if not _has_come(membership, person):
        return "Invited", "warn"
    if trial is None:
        return "Has accepted the invitation", "good"
    return _TRIAL_WORDS[trial.state], _TONES.get(trial.state, "")


def _has_come(membership: Membership, person: Person) -> bool:
    """Whether somebody took up the invitation; not everybody signs in with a password."""
    return person.password_hash is not None or membership.accepted_at is not None


def _groups(rules: ProgrammeRules, by_role: Mapping[Role, tuple[Member, ...]]) -> list[Group]:
    groups = [
        Group(
            Role.CANDIDATE,
            "Candidates",
            "They join before the start; later ones wait for the next cohort.",
            by_role[Role.CANDIDATE],
        ),
        Group(
            Role.MENTOR,
            "Mentors",
            "Two or more, so that conversations can be scored by somebody else as well.",
            by_role[Role.MENTOR],
        ),
    ]
    if rules.has_committee or by_role[Role.COMMITTEE]:
        hint = f"{rules.votes_needed} in all. Nobody votes who has scored a candidate here."
        groups.append(Group(Role.COMMITTEE, "Committee", hint, by_role[Role.COMMITTEE]))
    return groups


def _steps(
    rules: ProgrammeRules, by_role: Mapping[Role, tuple[Member, ...]], counts: Mapping[Role, int]
) -> list[Step]:
    mentors = counts[Role.MENTOR]
    steps = [
        Step("Candidates invited", counts[Role.CANDIDATE] > 0, f"{counts[Role.CANDIDATE]}"),
        Step("Mentors invited", mentors > 0, f"{mentors}, at least {GOOD_MENTORS}"),
    ]
    if rules.has_committee:
        present = counts[Role.COMMITTEE]
        steps.append(
            Step(
                "Committee complete",
                present == rules.votes_needed,
                f"{present} of {rules.votes_needed}",
            )
        )
    current = [one for members in by_role.values() for one in members if not one.ended]
    arrived = sum(one.has_come for one in current)
    everybody = bool(current) and arrived == len(current)
    steps.append(
        Step("Everybody has an account", everybody, f"{arrived} of {len(current)}, may follow")
    )
    return steps
