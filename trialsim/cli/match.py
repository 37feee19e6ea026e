"""`trialsim scenarios match`: how well readers recognise what people write."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console

from trialsim.cli.tables import print_table
from trialsim.simulation.reading import encoder
from trialsim.simulation.reading.readers import READERS, USUAL_READER, check
from trialsim.simulation.recognition import Line, Method, Tally, methods
from trialsim.workflows.labelled import Labelled, read_labelled
from trialsim.workflows.recognising import Result, decided_in, results

_PATH = click.Path(exists=True, path_type=Path)
_KINDS = ("fact", "point", "trap")


@click.command(
    epilog="Example: trialsim scenarios match seed_data/packs/leafmoor tests/simulation/lines "
    "--writers dez,harriet,ines"
)
@click.argument("labels", type=_PATH)
@click.argument("lines", type=_PATH)
@click.option("--reader", type=click.Choice(list(READERS)), help="Only this reader.")
@click.option("--writers", default="", help="Only lines of these writers, parted by commas.")
@click.option("--why", is_flag=True, help="Show each line that is not recognised as it is meant.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def match(
    labels: Path, lines: Path, *, reader: str | None, writers: str, why: bool, as_json: bool
) -> None:
    """Tell what LINES are recognised as, by the phrases and patterns of LABELS.

    LABELS is the folder of a pack, or JSON: {task: {"askable": {fact: [phrase, …]}, "other":
    {act: [phrase, …]}, "patterns": {fact: pattern}}}, the last two optional. LINES holds one
    {"task", "text", "asked": [fact, …]} a line. For a pack it may be a folder of tab-separated
    files as well, named after scenarios. With what was asked, precision, recall and F1 are told,
    over pairs of a line and a fact (point, trap); without it, what every line is recognised as.
    """
    labelled = read_labelled(labels, lines)
    wanted = {name.strip() for name in writers.split(",") if name.strip()}
    own = [line for line in labelled.lines if not wanted or line.writer in wanted]
    if not own:
        raise click.UsageError("There are no such lines.")
    names = _readers(reader)
    if labelled.is_labelled:
        _tell_scores(labelled, own, names, why=why, as_json=as_json)
    else:
        _tell_lines(labelled, own, methods(names[0])[-1], as_json=as_json)


def _readers(reader: str | None) -> list[str]:
    if reader is not None:
        check(reader)
        return [reader]
    return [name for name in READERS if name != "encoder" or encoder.is_installed()]


def _tell_lines(
    labelled: Labelled, lines: Sequence[Line], method: Method, *, as_json: bool
) -> None:
    for line in lines:
        found = method.recognised(labelled.matchers[line.place], line.text)
        if as_json:
            hits = [
                {
                    "act": f"{one.kind}:{one.id}",
                    "by": one.by,
                    "score": one.score,
                    "skipped": one.skipped,
                }
                for one in found
            ]
            row = {"task": line.place, "text": line.text, "hits": hits}
            click.echo(json.dumps(row, ensure_ascii=False))
            continue
        click.echo(f"{line.place}: {line.text}")
        for one in found:
            skipped = f", not counted: {one.skipped}" if one.skipped else ""
            click.echo(f"  {one.kind} {one.id} by {one.by} {one.score:.2f}{skipped}")


def _tell_scores(
    labelled: Labelled, lines: Sequence[Line], readers: list[str], *, why: bool, as_json: bool
) -> None:
    console = Console(stderr=True, quiet=not sys.stderr.isatty())
    with console.status("Reading") as status:
        told = list(results(labelled, lines, readers, status.update))
        whole = {name: methods(name)[-1] for name in readers}
        milliseconds = {
            method.name: decided_in(labelled, lines, method)
            for method in whole.values()
            if labelled.forms
        }
    first = whole[USUAL_READER if USUAL_READER in whole else readers[0]].name
    chosen = next(one for one in told if one.method == first)
    if as_json:
        report = _report(chosen, told, milliseconds, len(lines))
        click.echo(json.dumps(report, ensure_ascii=False))
        return
    for row in _mistakes(labelled, lines, methods(readers[-1])[-1]) if why else ():
        click.echo(row)
    _print(told, milliseconds, lines)


def _report(
    chosen: Result, told: Sequence[Result], milliseconds: dict[str, float], lines: int
) -> dict[str, object]:
    facts = {
        place: {act.removeprefix("fact:"): _figures(tally) for act, tally in acts.items()}
        for place, acts in chosen.single.by_act.items()
    }
    return {
        **_figures(chosen.single.total),
        "lines": lines,
        "facts": facts,
        "reader": chosen.name,
        "methods": {
            one.method: {
                **_figures(one.single.total),
                "reader": one.name,
                "four_joined": _figures(one.four.total),
                "warnings": one.single.warnings,
                "warnings_fired": one.single.fired,
                "kinds": {kind: _figures(tally) for kind, tally in one.single.by_kind.items()},
                "decided_in_ms": milliseconds.get(one.method),
            }
            for one in told
        },
    }


def _figures(tally: Tally) -> dict[str, float | None]:
    return {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1}


def _print(told: Sequence[Result], milliseconds: dict[str, float], lines: Sequence[Line]) -> None:
    writers = sorted({line.writer for line in lines if line.writer})
    by_whom = f" by {', '.join(writers)}" if writers else ""
    click.echo(f"{len(lines)} lines{by_whom}, {len({line.place for line in lines})} tasks.\n")
    head = ("", "precision", "recall", "F1", "four joined", *(f"{kind} F1" for kind in _KINDS))
    print_table([(*head, "warnings", "95 % in ms"), *(_row(one, milliseconds) for one in told)])


def _row(one: Result, milliseconds: dict[str, float]) -> tuple[str, ...]:
    total, score = one.single.total, one.single
    kinds = (score.by_kind.get(kind, Tally()).f1 for kind in _KINDS)
    taken = milliseconds.get(one.method)
    return (
        one.method,
        *(_two(value) for value in (total.precision, total.recall, total.f1, one.four.total.f1)),
        *(_two(value) for value in kinds),
        f"{score.fired} of {score.warnings}" if score.warnings else "-",
        "-" if taken is None else f"{taken:.1f}",
    )


def _two(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _mistakes(labelled: Labelled, lines: Sequence[Line], method: Method) -> Iterator[str]:
    for line in lines:
        matches = method.recognised(labelled.matchers[line.place], line.text)
        found = {f"{one.kind}:{one.id}" for one in matches if not one.skipped}
        wrong = [f"+{name}" for name in sorted(found - line.means)]
        wrong += [f"-{name}" for name in sorted(line.means - found)]
        if wrong:
            yield f"{line.place}: {line.text}\n  {' '.join(wrong)}"
