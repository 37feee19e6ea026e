"""What the pages of letters show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.committee.access import Door
from trialsim.committee.queries import identities, packets
from trialsim.committee.rules.blinding import neutral, scrub, scrub_signature
from trialsim.insights.queries.promises import owing_of
from trialsim.letters import queries
from trialsim.letters.actions import (
    RUNNING,
    rateable_now,
    text_of,
    typed_letter,
    why_no_closing,
    why_no_letter,
)
from trialsim.letters.models import CheckIn, ClosingStatement, HalfWayLetter, TrialRating
from trialsim.letters.rules import CONFIDENCE_WORDS, FORECAST_WORDS, Forecast, HalfWayText
from trialsim.programmes.models import Cohort
from trialsim.programmes.rules import Relation
from trialsim.reviews.queries.pages import first_name
from trialsim.trials.models import Trial
from trialsim.trials.promises import (
    Owing,
    check_in_on,
    half_way_day,
    half_way_due_on,
    next_check_in_week,
)
from trialsim.trials.queries import rules_of
from trialsim.trials.rules import trial_day, week_of
from trialsim.workflows.letters.actions import SEALED

_FORECASTS = {
    Forecast.ON_TRACK: "Going on like this, the evidence would be there at the end.",
    Forecast.OPEN: "It depends on the second half.",
    Forecast.AT_RISK: "Something must change for it.",
}


@dataclass(frozen=True, slots=True)
class HalfWayPage:
    """A half-way letter as a reader finds it: `letter` once sent, the form for who may write."""

    trial: Trial
    candidate: str
    standing: Relation
    author: str
    letter: HalfWayLetter | None
    text: HalfWayText
    version: int
    first_day: int
    due_on: date
    why_not: str
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def may_write(self) -> bool:
        """Whether the reader is a mentor who may write now."""
        return self.standing is Relation.MENTOR and self.letter is None and not self.why_not

    @property
    def is_own(self) -> bool:
        """Whether the reader is the candidate."""
        return self.standing is Relation.OWN

    @property
    def forecasts(self) -> tuple[tuple[str, str, str], ...]:
        """Return the forecasts as choices."""
        return tuple((str(one), FORECAST_WORDS[one], _FORECASTS[one]) for one in Forecast)

    @property
    def forecast_words(self) -> str:
        """Return the forecast with how sure its author is, in words."""
        if self.text.forecast is None or self.text.confidence is None:
            return ""
        sure = CONFIDENCE_WORDS[self.text.confidence]
        return f"{FORECAST_WORDS[self.text.forecast]} ({sure}, {self.text.confidence} of 5)"

    @property
    def confidences(self) -> tuple[tuple[str, str], ...]:
        """Return how sure one may be."""
        return tuple(
            (str(place), words.capitalize())
            for place, words in enumerate(CONFIDENCE_WORDS)
            if words
        )


@dataclass(frozen=True, slots=True)
class ClosingPage:
    """A candidate's closing statement, and the form while it may be written."""

    trial: Trial
    candidate: str
    is_own: bool
    statement: ClosingStatement | None
    why_not: str
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CheckInPage:
    """The check-ins that were held, and the form for this week's; `missed` weeks had none."""

    trial: Trial
    candidate: str
    standing: Relation
    held: tuple[tuple[CheckIn, str], ...]
    week: int
    due_on: date
    missed: tuple[int, ...]
    may_hold: bool
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RatingPage:
    """What a candidate said of the trial, and the form for what can be rated now."""

    trial: Trial
    ratings: tuple[TrialRating, ...]
    weeks: tuple[int, ...]
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Return what can be rated now."""
        return tuple((str(week), week_words(week)) for week in self.weeks)


@dataclass(frozen=True, slots=True)
class WordsPage:
    """What a committee reads beside the packet, without names: `sheet` is (title, text) pairs."""

    packet_id: str
    code: str
    mentor: str
    letter: tuple[tuple[str, tuple[str, ...]], ...]
    body: str
    notes: str


def week_words(week: int) -> str:
    """Return a rated week in words."""
    return f"Week {week}" if week else "The whole trial"


def half_way_page(
    session: Session, trial: Trial, person: Person, standing: Relation, now: datetime
) -> HalfWayPage:
    """Return the letter once it is sent; before, a mentor's own draft."""
    sent = queries.sent_letter(session, trial)
    draft = None
    if sent is None and standing is Relation.MENTOR:
        draft = queries.own_draft(session, trial, person)
    letter, author = sent if sent is not None else (None, None)
    text = text_of(letter or draft)
    return HalfWayPage(
        trial=trial,
        candidate=_name(session, trial),
        standing=standing,
        author=author.name if author else "",
        letter=letter,
        text=text,
        version=draft.version if draft else 0,
        first_day=half_way_day(rules_of(trial).length_days),
        due_on=half_way_due_on(_owing(session, trial)),
        why_not=why_no_letter(trial, now),
        typed=typed_letter(text),
    )


def closing_page(session: Session, trial: Trial, standing: Relation, now: datetime) -> ClosingPage:
    """Return a closing statement; two or three queries."""
    is_sealed = packets.current(session, trial.id or 0) is not None
    return ClosingPage(
        trial=trial,
        candidate=_name(session, trial),
        is_own=standing is Relation.OWN,
        statement=queries.closing_statement(session, trial),
        why_not=SEALED if is_sealed else why_no_closing(trial, now),
    )


def check_in_page(session: Session, trial: Trial, standing: Relation, now: datetime) -> CheckInPage:
    """Return the check-ins of a trial."""
    held = tuple(queries.check_ins(session, trial))
    day = trial_day(trial.starts_on, trial.zone, now)
    week = week_of(day)
    is_kept = any(row.week == week for row, _ in held)
    runs = trial.state in RUNNING and day >= 1
    owing = _owing(session, trial)
    return CheckInPage(
        trial=trial,
        candidate=_name(session, trial),
        standing=standing,
        held=held,
        week=week,
        due_on=check_in_on(owing, week),
        missed=tuple(range(next_check_in_week(owing), week)),
        may_hold=standing is Relation.MENTOR and runs and not is_kept,
    )


def rating_page(session: Session, trial: Trial, now: datetime) -> RatingPage:
    """Return a candidate's own ratings and what can be rated."""
    return RatingPage(trial, tuple(queries.own_ratings(session, trial)), rateable_now(trial, now))


def words_page(session: Session, door: Door) -> WordsPage:
    """Return half-way letter and closing statement as a blind committee reads them.

    Only what was sent by the time of the seal: nothing is slipped in after it.
    """
    packet, trial = door.packet, door.trial
    sent = queries.sent_letter(session, trial)
    if sent is not None and (sent[0].sent_at or packet.sealed_at) > packet.sealed_at:
        sent = None
    letters, people = identities.mentor_letters(session, trial, packet.sealed_at)
    hidden = (
        identities.candidate(session.get_one(Person, trial.person_id), trial),
        *identities.mentors(people, letters),
    )
    text = text_of(sent[0] if sent else None)
    closing = queries.closing_statement(session, trial)
    mentor = letters.get(sent[0].mentor_id, "") if sent else ""

    def blind(words: str) -> str:
        return scrub(neutral(words), *hidden)

    forecast = FORECAST_WORDS[text.forecast] if text.forecast else ""
    sure = f"{CONFIDENCE_WORDS[text.confidence]}, {text.confidence} of 5" if text.confidence else ""
    return WordsPage(
        packet_id=packet.public_id,
        code=packet.code,
        mentor=mentor,
        letter=(
            ("Strengths", tuple(map(blind, text.strengths))),
            ("Gaps", tuple(map(blind, text.gaps))),
            ("Forecast at half-way", (f"{forecast} ({sure})",)),
            ("What would change it", (blind(text.change),)),
        )
        if sent
        else (),
        body=blind(scrub_signature(closing.body, packet.code)) if closing else "",
        notes=blind(closing.notes) if closing else "",
    )


def _owing(session: Session, trial: Trial) -> Owing:
    cohort = session.get_one(Cohort, trial.cohort_id)
    return owing_of(session, [trial], cohort.decision_by)[trial.id or 0]


def _name(session: Session, trial: Trial) -> str:
    return first_name(session.get_one(Person, trial.person_id))
