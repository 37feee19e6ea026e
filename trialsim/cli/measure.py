"""`trialsim measure` and `trialsim study`: fair scores for reviews, and proof of what they can."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from trialsim.measurement import sheets
from trialsim.measurement.report import MeasureReport, measure_report
from trialsim.measurement.study.designs import DESIGNS
from trialsim.measurement.study.planted_tickets import LOADS
from trialsim.measurement.study.quality_study import DesignFigures, study_design, table
from trialsim.measurement.study.ramp_study import RampStudy, study_ramp
from trialsim.workflows.measuring import html_report, report_page

_SHEET = click.Path(exists=True, dir_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)


@click.command(epilog="Example: trialsim measure reviews.csv --tickets tickets.csv --out fair.html")
@click.argument("reviews", type=_SHEET)
@click.option("--tickets", type=_SHEET, help="Scored tickets, for the ramp-up.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
@click.option("--out", type=_FILE, help="Write an HTML report with charts to this file.")
def measure(reviews: Path, tickets: Path | None, *, as_json: bool, out: Path | None) -> None:
    """Give fair scores for REVIEWS made anywhere: adjusted for ticket, reviewer and day.

    REVIEWS has the columns candidate, scenario, rater, day and score (0-100), and may have kind
    (drawn, rule or picked; only drawn ones count). Tickets have candidate, scenario, day, block,
    hours, par_minutes, minutes and outcome (0-100).
    """
    scored = sheets.reviews_of(reviews.name, reviews.read_bytes())
    worked = sheets.tickets_of_sheet(tickets.name, tickets.read_bytes()) if tickets else None
    report = measure_report(scored.rows, worked.rows if worked else None)
    told = [*scored.warnings, *(worked.warnings if worked else ())]
    report["warnings"] = [*told, *report["warnings"]]
    if out is not None:
        out.write_text(html_report(report), encoding="utf-8")
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False))
    else:
        _print(report)
    if out is not None:
        click.echo(f"Written: {out}", err=True)


def _print(report: MeasureReport) -> None:
    page = report_page(report)
    click.echo(page.headline)
    for chart in page.charts:
        click.echo(f"\n{chart.title}: {chart.subtitle}")
        titles = tuple(one if isinstance(one, str) else one[0] for one in chart.columns)
        _print_table([titles, *chart.rows])
    for warning in page.warnings:
        click.echo(f"- {warning}")


def _print_table(rows: list[tuple[str, ...]]) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        first, *rest = zip(row, widths, strict=True)
        cells = (text.rjust(width) for text, width in rest)
        click.echo("  ".join((first[0].ljust(first[1]), *cells)).rstrip())


@click.command(epilog="Example: trialsim study --cohorts 100 --seed 11 --json")
@click.option("--cohorts", type=click.IntRange(1, 10_000), default=40, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=11, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def study(cohorts: int, seed: int, *, as_json: bool) -> None:
    """Plant true skills, reviewer bias and unequal queues, and count how near the measures come.

    For each way of giving out reviews: rank correlation with the truth, error in points, wrong
    hires among three in ten; naive means beside fair levels; the share of 90 % ranges that hold
    the truth. For two work loads: the same for the ramp-up.
    """
    quality, ramps = _studied(cohorts, seed)
    if as_json:
        designs = {name: asdict(one) for name, one in quality.items()}
        loads = {name: asdict(one) for name, one in ramps.items()}
        click.echo(json.dumps({"seed": seed, "designs": designs, "ramp": loads}))
        return
    click.echo(f"Reply quality, {cohorts} cohorts of 20 a design, seed {seed}")
    _print_table(table(quality))
    click.echo(f"\nRamp-up, {cohorts} cohorts of 12 a load")
    titles = ("load", "error", "range holds", "reached holds", "days wide", "Brier")
    _print_table([titles, *(_ramp_row(name, one) for name, one in ramps.items())])


def _studied(cohorts: int, seed: int) -> tuple[dict[str, DesignFigures], dict[str, RampStudy]]:
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    console = Console(stderr=True, quiet=not sys.stderr.isatty())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("Planting cohorts", total=cohorts * (len(DESIGNS) + len(LOADS)))

        def told() -> None:
            bar.advance(task)

        quality = {name: study_design(one, cohorts, seed, told) for name, one in DESIGNS.items()}
        ramps = {name: study_ramp(one, cohorts, seed, told) for name, one in LOADS.items()}
    return quality, ramps


def _ramp_row(name: str, one: RampStudy) -> tuple[str, ...]:
    shares = (one.rmse, one.coverage, one.reached_coverage)
    return (
        name,
        *(f"{value:.3f}" for value in shares),
        f"{one.width_days:.1f}",
        f"{one.brier:.3f}",
    )
