"""What a programme's rules ask of everybody: pure, shown before anybody is invited."""

from dataclasses import dataclass

from trialsim.kit.money import earned
from trialsim.measurement.planning import expected_reliability, reliable_day
from trialsim.programmes.rules import ProgrammeRules
from trialsim.simulation.planned import PlanRequest

CHANNELS = ("forum", "email", "chat", "call")  # what is not open yet comes by email
MINUTES_A_REVIEW = 4.5  # the aim: ten reviews in 45 minutes
_WORKDAYS = 5
_DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a candidate, in hours by kind of work."""

    number: int
    training: float
    channels: tuple[tuple[str, float], ...]
    other: float

    @property
    def total(self) -> float:
        """Return all hours of the week."""
        return self.training + self.other + sum(hours for _, hours in self.channels)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a programme asks of one candidate and of the mentors."""

    weeks: tuple[Week, ...]
    cap_hours: int
    pay_cents: int
    currency: str
    tickets: int
    practice: int
    reviews: int
    second_reviews: int
    mentor_minutes_week: float
    reliability: tuple[tuple[int, float], ...]
    reliable_day: int | None


def plan_request(rules: ProgrammeRules, seed: int, candidates: int) -> PlanRequest:
    """Return what the plan of a cohort should hold under these rules."""
    channels = {channel: rules.channels.get(channel, 0.0) for channel in CHANNELS}
    return PlanRequest(
        seed=seed,
        candidates=candidates,
        paid_hours=rules.paid_hours,
        training_hours=min(rules.training_hours, rules.paid_hours / 2),
        contacts_per_hour=rules.contacts_per_hour,
        weeks=max(1, round(rules.length_days / _DAYS_A_WEEK)),
        block_hours=rules.cap_hours_week / _WORKDAYS,
        channel_mix=channels,
        second_languages=rules.second_languages,
    )


def preview(rules: ProgrammeRules) -> Preview:
    """Return what the rules ask of one candidate and their mentors."""
    request = plan_request(rules, 0, 1)
    reviews = round(rules.reviews_a_week * rules.length_days / _DAYS_A_WEEK)
    seconds = round(reviews * rules.second_share)
    first, last = rules.training_days, rules.length_days
    day = reliable_day(rules.reviews_a_week, first)
    return Preview(
        weeks=tuple(_weeks(rules, request)),
        cap_hours=rules.cap_hours_week,
        pay_cents=earned(round(rules.paid_hours * 60), rules.rate_cents) if rules.paid else 0,
        currency=rules.currency,
        tickets=request.scored_tickets,
        practice=request.practice_tickets if request.first_live_minute else 0,
        reviews=reviews,
        second_reviews=seconds,
        mentor_minutes_week=rules.reviews_a_week * (1 + rules.second_share) * MINUTES_A_REVIEW,
        reliability=tuple((day, reliability(rules, day)) for day in range(first, last + 1)),
        reliable_day=day if day is not None and day <= last else None,
    )


def reliability(rules: ProgrammeRules, day: int) -> float:
    """Return the reliability (0 to 1) to expect of reply quality on a trial day."""
    reviewed_days = max(0, day - rules.training_days)
    return expected_reliability(rules.reviews_a_week * reviewed_days / _DAYS_A_WEEK)


def _weeks(rules: ProgrammeRules, request: PlanRequest) -> list[Week]:
    weeks: list[Week] = []
    training, days = request.training_hours, rules.length_days
    while days > 0:
        hours = rules.cap_hours_week * min(days, _DAYS_A_WEEK) / _DAYS_A_WEEK
        learning = min(training, hours)
        live = hours - learning
        mix = _mix_in(request, len(weeks) + 1)
        channels = tuple((one, live * request.ticket_share * mix[one]) for one in CHANNELS)
        weeks.append(Week(len(weeks) + 1, learning, channels, live * (1 - request.ticket_share)))
        training -= learning
        days -= _DAYS_A_WEEK
    return weeks


def _mix_in(request: PlanRequest, week: int) -> dict[str, float]:
    """Return the shares of the channels in a week: a closed one's customers write email."""
    mix = dict(request.channel_mix)
    for channel, opens in request.opening_weeks.items():
        if week < opens:
            mix["email"] += mix.get(channel, 0.0)
            mix[channel] = 0.0
    return mix
