"""`trialsim scenarios rate`: how fair the scenarios of a pack are to play."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from trialsim.cli.tables import print_table
from trialsim.kit.text import excerpt
from trialsim.paths import data_folder
from trialsim.scenarios.actions import read_files
from trialsim.simulation.figures.agents import Agent
from trialsim.simulation.figures.bank import WHOLE_BANK, BankGoal, bank_goals, sharing_goal
from trialsim.simulation.figures.rates import HARMFUL, ScenarioRate
from trialsim.simulation.figures.sharing import shared_openings
from trialsim.simulation.types import Pack
from trialsim.workflows.rating import rated, readable_pack

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_COLUMNS = (
    "scenario",
    *(agent.value for agent in Agent),
    HARMFUL,
    "order",
    "shot/good",
    "recited",
    "caught",
    "gap",
    "copies",
    "random",
    "liked",
)


@click.command(epilog="Example: trialsim scenarios rate slow-images --forms 60")
@click.argument("wanted", metavar="[ID]…", nargs=-1)
@click.option("--forms", type=click.IntRange(2, 2000), default=30, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=7, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@click.option("--why", is_flag=True, help="Show which unrelated sentences earned points.")
@click.option("--pack", "folder", type=_FOLDER, help="Folder of another pack.")
def rate(
    wanted: tuple[str, ...],
    *,
    forms: int,
    seed: int,
    as_json: bool,
    why: bool,
    folder: Path | None,
) -> None:
    """Play scripted agents on scenarios, all or those named, and rate how fair they are.

    Outcomes: good follows the reference, middling leaves things out, shotgun lists every question
    and point at once, points-only recites the reference without looking, harmful steps into the
    traps. Then: are they in this order; shotgun's share of good (outcome or points, the larger);
    points-only's share; harm caught; gap between opening lines in what middling solves, beyond
    what chance gives (! when it is real); pairs of forms where a copied answer misses a point;
    points that unrelated replies earn; ratings of 4 and 5 for the reference. Of a whole pack also:
    pairs of candidates who read the same eight words. Leaves with 1 when a goal is missed.
    """
    files = read_files(folder or data_folder("seed_data") / "packs" / "leafmoor")
    if "pack.toml" not in files:
        raise click.UsageError(f"{folder} is no pack: it has no pack.toml.")
    pack, faults = readable_pack(files, wanted)
    for fault in faults:
        click.echo(f"left out: {fault.file}: {fault.field}: {fault.message}", err=True)
    rates = _rated(pack, wanted, seed=seed, forms=forms)
    goals = bank_goals(rates)
    if len(rates) >= WHOLE_BANK and not wanted:
        goals += (sharing_goal(shared_openings(pack, seed)),)
    is_good = all(goal.met for goal in goals) and not faults
    if as_json:
        report = {
            "ok": is_good,
            "seed": seed,
            "scenarios": {one.scenario: asdict(one) for one in rates},
            "goals": [asdict(goal) for goal in goals],
        }
        click.echo(json.dumps(report, ensure_ascii=False))
    else:
        _print(rates, goals)
        for line in _hit_lines(rates) if why else ():
            click.echo(line)
    if not is_good:
        sys.exit(1)


def _rated(pack: Pack, wanted: tuple[str, ...], *, seed: int, forms: int) -> list[ScenarioRate]:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    console = Console(stderr=True, quiet=not sys.stderr.isatty())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("Playing scenarios", total=len(wanted) or len(pack.scenarios))
        return list(rated(pack, wanted, seed=seed, forms=forms, told=lambda _: bar.advance(task)))


def _print(rates: Sequence[ScenarioRate], goals: Sequence[BankGoal]) -> None:
    rows = [_COLUMNS, *(_row(one) for one in rates)]
    if len(rates) > 1:
        rows.append(_whole(rates))
    print_table(rows)
    click.echo()
    for goal in goals:
        for line in _goal_lines(goal):
            click.echo(line)


def _row(one: ScenarioRate) -> tuple[str, ...]:
    has_traps = HARMFUL in one.outcome
    return (
        one.scenario,
        *(f"{one.outcome[agent]:.0f}" for agent in Agent),
        f"{one.outcome[HARMFUL]:.0f}" if has_traps else "-",
        "yes" if one.in_order else "NO",
        f"{max(one.shotgun_ratio, one.shotgun_points_ratio):.2f}",
        f"{one.points_only_ratio:.2f}",
        f"{one.harmful_caught:.2f}",
        f"{one.gap.beyond:.2f}{'!' if one.gap.is_real else ''}",
        "-" if one.copied_missed is None else f"{one.copied_missed:.2f}",
        f"{one.random_points:.3f}",
        f"{one.satisfaction:.2f}",
    )


def _whole(rates: Sequence[ScenarioRate]) -> tuple[str, ...]:
    """Return the row of the bank: means, but the worst where each scenario must meet a goal."""
    count = len(rates)

    def mean(values: Iterator[float]) -> float:
        return sum(values) / count

    return (
        f"bank of {count}",
        *(f"{mean(one.outcome[name] for one in rates):.0f}" for name in (*Agent, HARMFUL)),
        f"{mean(one.in_order for one in rates):.2f}",
        f"{max(max(one.shotgun_ratio, one.shotgun_points_ratio) for one in rates):.2f}",
        f"{mean(one.points_only_ratio for one in rates):.2f}",
        f"{mean(one.harmful_caught for one in rates):.2f}",
        f"{mean(one.gap.beyond for one in rates):.2f}",
        f"{mean(one.copied_missed or 0.0 for one in rates):.2f}",
        f"{mean(one.random_points for one in rates):.3f}",
        f"{mean(one.satisfaction for one in rates):.2f}",
    )


def _goal_lines(goal: BankGoal) -> Iterator[str]:
    mark = "ok    " if goal.met else "missed"
    yield f"{mark}  {goal.name}: {goal.value:.3f} ({goal.wanted})"
    if goal.scenarios:
        yield f"        {', '.join(goal.scenarios)}"


def _hit_lines(rates: Sequence[ScenarioRate]) -> Iterator[str]:
    for one in rates:
        for hit in one.false_hits:
            sentence = excerpt(hit.sentence, 90)
            yield f"{one.scenario}: {hit.point} by {hit.by}, {hit.times} x: {sentence}"
