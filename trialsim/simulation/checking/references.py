"""Rules on what a scenario asks for: reachable, and proved so by playing its own reference."""

from collections.abc import Iterator
from dataclasses import replace

from trialsim.simulation import customer, goals, world
from trialsim.simulation.checking.forms import STEADY, Play, play_reference, sample_form
from trialsim.simulation.types import Credit, Fault, Form, Pack, Reply, Scenario
from trialsim.simulation.voice import filled, slot_words


def check_goal(pack: Pack, scenario: Scenario) -> Iterator[Fault]:
    """Yield what names something that is not there or cannot be reached."""
    file = f"scenarios/{scenario.id}.toml"
    known = {*scenario.facts, *scenario.points, *pack.actions}
    for point in scenario.points.values():
        for name in point.after:
            if name not in known:
                message = f"{name!r} is no fact, point or action"
                yield Fault(file, f"points.{point.id}.after", message)
    if sum(point.weight for point in scenario.points.values()) <= 0:
        yield Fault(file, "points", "give at least one point a weight above 0")
    yield from _goal(file, scenario)
    if scenario.escalation is not None:
        for name in scenario.escalation.facts:
            if name not in scenario.facts:
                yield Fault(file, "escalation.facts", f"{name!r} is no fact")
    yield from _circles(file, scenario)
    yield from _links(file, pack, scenario)


def _goal(file: str, scenario: Scenario) -> Iterator[Fault]:
    for key, goal in (
        ("goal", scenario.goal),
        *((("change.goal", scenario.change.goal),) if scenario.change else ()),
    ):
        for name in goal.points:
            if name not in scenario.points:
                yield Fault(file, f"{key}.points", f"{name!r} is no point")
        for name in goal.facts:
            if name not in scenario.facts:
                yield Fault(file, f"{key}.facts", f"{name!r} is no fact")


def _circles(file: str, scenario: Scenario) -> Iterator[Fault]:
    """Yield points that wait for each other: they could never be earned whole."""
    reached: set[str] = set()
    waiting = dict(scenario.points)
    while True:
        free = [
            name
            for name, point in waiting.items()
            if all(after not in scenario.points or after in reached for after in point.after)
        ]
        if not free:
            break
        reached.update(free)
        waiting = {name: point for name, point in waiting.items() if name not in free}
    for name in waiting:
        yield Fault(file, f"points.{name}.after", "waits for a point that waits for it")


def _links(file: str, pack: Pack, scenario: Scenario) -> Iterator[Fault]:
    for name in scenario.articles:
        if name not in pack.articles:
            yield Fault(file, "articles", f"write articles/{name}.md or take it out")
    for name in scenario.joins:
        if name not in pack.scenarios:
            yield Fault(file, "joins", f"{name!r} is no scenario")
    for channel in scenario.channels:
        if channel not in scenario.par_minutes:
            yield Fault(file, "par_minutes", f"give minutes for {channel}")


def check_reference(pack: Pack, scenario: Scenario) -> Iterator[Fault]:
    """Yield where the reference falls short, in every language and with every word of a list."""
    for language in scenario.texts:
        base = language == scenario.languages[0]
        file = f"scenarios/{scenario.id}{'' if base else f'.{language}'}.toml"
        longest = max((len(words) for words in scenario.text(language).words.values()), default=1)
        seen: set[str] = set()
        for which in range(max(2, longest)):
            form = sample_form(pack, scenario, language, which)
            for fault in (*_played(file, form), *_harmful(file, form)):
                if f"{fault.field} {fault.message}" not in seen:
                    seen.add(f"{fault.field} {fault.message}")
                    yield fault


def _played(file: str, form: Form) -> Iterator[Fault]:
    opened, records = world.open_case(form, (), STEADY)
    if goals.with_forbidden(form, opened, records).forbidden:
        yield Fault(file, "goal.forbidden", "is true when the ticket opens")
    play = play_reference(form)
    for message in (*_shortfalls(form, play), *_wrongs(play)):
        yield Fault(file, "reference.replies", message)


def _shortfalls(form: Form, play: Play) -> Iterator[str]:
    for name in form.scenario.points:
        if play.case.points.get(name) is not Credit.WHOLE:
            yield _short_of(name, play)
    for part in goals.progress(form, play.case, play.records).parts:
        if not part.met and part.kind != "point":
            yield f"does not reach the goal: {part.kind} {part.name}"


def _wrongs(play: Play) -> Iterator[str]:
    yield from (f"an action was impossible: {why}" for why in play.barred)
    yield from (f"breaks the policy {name}" for name in play.case.broken)
    yield from (f"steps into the trap {name}" for name in play.case.traps)
    yield from (f"makes a forbidden state true ({name})" for name in play.case.forbidden)


def _short_of(name: str, play: Play) -> str:
    if name in play.case.points:
        return f"earns {name} only half: what it comes after was not known yet"
    return f"does not earn {name}: no sentence was read as that point"


def _harmful(file: str, form: Form) -> Iterator[Fault]:
    texts = form.scenario.text(form.language)
    words = slot_words(form.pack, form.scenario, form.slots, form.language)
    for name in form.scenario.traps:
        if name not in texts.harmful:
            yield Fault(file, f"reference.harmful.{name}", "write one reply that falls into it")
            continue
        case, records = world.open_case(form, (), STEADY)
        text = filled(texts.harmful[name], words)
        after = customer.receive(form, replace(case), records, Reply(text), STEADY).case
        if name not in after.traps:
            message = "is not read as this trap: it must fire"
            yield Fault(file, f"reference.harmful.{name}", message)
    for name in texts.harmful:
        if name not in form.scenario.traps:
            yield Fault(file, f"reference.harmful.{name}", "is no trap of this scenario")
