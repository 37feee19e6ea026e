"""`trialsim month`: a synthetic month of a whole desk, and how real it looks."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from trialsim.cli.tables import print_table
from trialsim.paths import data_folder
from trialsim.scenarios.actions import read_files
from trialsim.simulation.figures.desk_month import MonthRequest
from trialsim.simulation.figures.month_sample import TALKS
from trialsim.simulation.figures.realism import Yardstick
from trialsim.simulation.library import parse_pack
from trialsim.simulation.types import Pack
from trialsim.workflows.desk_month import report_on, write_month

_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command(epilog="Example: trialsim month --tickets 2000 --seed 7 --out month.jsonl --report")
@click.argument("pack", metavar="[PACK]", default="leafmoor")
@click.option("--tickets", type=click.IntRange(1, 1_000_000), required=True)
@click.option("--seed", type=click.IntRange(0), required=True, help="Another seed, another month.")
@click.option("--out", type=_FILE, required=True, help="One ticket a line, as JSON.")
@click.option(
    "--start",
    type=click.DateTime(["%Y-%m-%d"]),
    default="2026-01-05",
    show_default=True,
    help="First of 28 days.",
)
@click.option("--report", is_flag=True, help="Print how real it looks, row by row.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON alone.")
def month(  # noqa: PLR0913 (the options of the command)
    pack: str, *, tickets: int, seed: int, out: Path, start: datetime, report: bool, as_json: bool
) -> None:
    """Write a synthetic month of a whole desk to a file: who writes, when, and their words.

    PACK is a folder, or the name of a pack that comes along. The same pack, seed and start give
    the same bytes. The report holds the openings, and dialogues of a scripted agent on some of
    the tickets, against figures of real support.
    """
    company = _pack(pack)
    request = MonthRequest(tickets=tickets, seed=seed, start=start.date())
    rows = _written(company, request, out, reports=report or as_json)
    if as_json:
        click.echo(
            json.dumps({"tickets": tickets, "seed": seed, "rows": [asdict(row) for row in rows]})
        )
    elif report:
        _print(rows)
    click.echo(f"Written: {out}", err=True)


def _pack(name: str) -> Pack:
    known = data_folder("seed_data") / "packs" / name
    folder = Path(name) if Path(name).is_dir() else known
    if not (folder / "pack.toml").is_file():
        raise click.UsageError(f"{name} is no pack: there is no folder with a pack.toml.")
    return parse_pack(read_files(folder))


def _written(
    pack: Pack, request: MonthRequest, out: Path, *, reports: bool
) -> tuple[Yardstick, ...]:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    console = Console(stderr=True, quiet=not sys.stderr.isatty())
    with Progress(*columns, console=console) as bar:
        writing = bar.add_task("Writing tickets", total=request.tickets)
        with out.open("w", encoding="utf-8", newline="\n") as file:
            sample = write_month(pack, request, file, lambda: bar.advance(writing))
        if not reports:
            return ()
        playing = bar.add_task("Playing dialogues", total=min(TALKS, len(sample.to_play)))
        return report_on(sample, request, lambda: bar.advance(playing))


def _print(rows: Sequence[Yardstick]) -> None:
    titles = ("yardstick", "value", "real", "goal", "")
    print_table([titles, *(_cells(row) for row in rows)])
    for row in rows:
        if row.worst:
            click.echo(f"{row.name}, farthest off: {', '.join(row.worst[:6])}")
    outside = sum(row.met is False for row in rows)
    click.echo(f"{len(rows)} rows, {outside} out of range.")


def _cells(row: Yardstick) -> tuple[str, ...]:
    verdict = {True: "", False: "OUT", None: "too few"}[row.met]
    return (row.name, f"{row.value:.3g}", row.real, f"{row.low:g} to {row.high:g}", verdict)
