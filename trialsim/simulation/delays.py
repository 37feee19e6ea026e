"""How long a customer takes to answer, and when they sleep."""

import math
from statistics import NormalDist

from trialsim.kit.streams import Name, unit
from trialsim.simulation.types import Form, Rules

_STANDARD = NormalDist()
_HOUR = 3600
_DAY_HOURS = 24.0
_LIVE = ("chat", "call")
_LEAST_SECONDS = 3


def answer_delay(form: Form, rules: Rules, local_hour: float | None, *names: Name) -> int:
    """Return seconds until the customer's answer.

    Chat: lognormal, median 18 s, p90 47 s. Elsewhere: lognormal, median 14 min, cut at 72 h, and
    nothing at night: what would fall there waits until some time in the two hours after it.
    Source: timed real chats; 42 real answers on the social web.
    """
    drawn = unit(form.seed, form.key, *names, "delay")
    if form.channel in _LIVE:
        return max(_LEAST_SECONDS, round(_lognormal(rules.chat_delay, drawn)))
    top = _STANDARD.cdf(
        (math.log(rules.slow_delay_hours * _HOUR) - rules.slow_delay[0]) / rules.slow_delay[1]
    )
    seconds = _lognormal(rules.slow_delay, drawn * top)
    if local_hour is not None:
        seconds += _night(form.persona.night, local_hour + seconds / _HOUR, form, *names)
    return max(_LEAST_SECONDS, round(seconds))


def _lognormal(shape: tuple[float, float], share: float) -> float:
    inside = min(max(share, 1e-9), 1 - 1e-9)
    return math.exp(shape[0] + shape[1] * _STANDARD.inv_cdf(inside))


def _night(night: tuple[int, int], at_hour: float, form: Form, *names: Name) -> float:
    """Return the seconds to add so that nothing is written at night; 0 by day."""
    begins, ends = night
    into = (at_hour - begins) % _DAY_HOURS
    length = (ends - begins) % _DAY_HOURS
    if into >= length:
        return 0.0
    morning = 2 * unit(form.seed, form.key, *names, "morning")
    return (length - into + morning) * _HOUR


def reopening_delay(form: Form, *names: Name) -> int:
    """Return seconds until a customer whose ticket was closed too early writes again: 1-3 days."""
    days = 1 + 2 * unit(form.seed, form.key, *names, "reopening")
    return round(days * _DAY_HOURS * _HOUR)
