"""`trialsim scenarios`: for authors of packs."""

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from trialsim.cli.authoring import new
from trialsim.cli.figures import rate
from trialsim.cli.match import match
from trialsim.kit.text import excerpt
from trialsim.paths import data_folder
from trialsim.scenarios.actions import read_files
from trialsim.simulation.checking import check_pack
from trialsim.simulation.library import parse_pack
from trialsim.simulation.types import Decision, Fault, OutcomeTrace, Pack, PackInvalid
from trialsim.workflows.rehearsal import Rehearsal, rehearse, split_actions, split_replies

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def scenarios() -> None:
    """Packs of scenarios: check them, rate them, and try a customer out."""


scenarios.add_command(rate)
scenarios.add_command(match)
scenarios.add_command(new)


@scenarios.command(epilog="Example: trialsim scenarios check seed_data/packs/leafmoor")
@click.argument("path", type=_FOLDER, required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def check(path: Path | None, as_json: bool) -> None:  # noqa: FBT001 (a flag of the command)
    """Check the pack in PATH, or every pack that comes along, and name each fault with its fix.

    Plays each scenario's reference as well. Warnings alone leave with 0, faults with 1.
    """
    folders = [path] if path else sorted((data_folder("seed_data") / "packs").iterdir())
    reports = {folder.name: _faults(folder) for folder in folders if folder.is_dir()}
    found = [fault for _, faults in reports.values() for fault in faults if not fault.warning]
    if as_json:
        packs = [
            {"pack": name, "scenarios": count, "faults": [asdict(fault) for fault in faults]}
            for name, (count, faults) in reports.items()
        ]
        click.echo(json.dumps({"ok": not found, "packs": packs}, ensure_ascii=False))
    else:
        for line in _report(reports):
            click.echo(line)
    if found:
        sys.exit(1)


def _faults(folder: Path) -> tuple[int, tuple[Fault, ...]]:
    """Return how many scenarios a pack has, and what is wrong with it."""
    files = read_files(folder)
    if "pack.toml" not in files:
        raise click.UsageError(f"{folder} is no pack: it has no pack.toml.")
    try:
        pack = parse_pack(files)
    except PackInvalid as error:
        return 0, error.faults
    return len(pack.scenarios), check_pack(pack, time.thread_time)


def _report(reports: dict[str, tuple[int, tuple[Fault, ...]]]) -> Iterator[str]:
    for name, (count, faults) in reports.items():
        for fault in faults:
            kind = "warning: " if fault.warning else ""
            yield ": ".join(part for part in (f"{name}/{fault.file}", fault.field) if part) + (
                f": {kind}{fault.message}"
            )
        wrong = sum(not fault.warning for fault in faults)
        yield f"{name}: {count} scenarios, {wrong} faults, {len(faults) - wrong} warnings."


@scenarios.command(
    epilog="Example: trialsim scenarios play renewal-charged-twice --seed 3 --replies mine.txt"
)
@click.argument("scenario")
@click.option("--seed", type=int, required=True, help="Another seed is another customer.")
@click.option("--replies", type=_FILE, help="Replies, parted by lines of ---; else you type them.")
@click.option("--why", is_flag=True, help="Show what was recognised, and why the mood changed.")
@click.option("--language", default="", help="One of the scenario's languages.")
@click.option("--pack", "folder", type=_FOLDER, help="Folder of another pack.")
def play(
    scenario: str,
    seed: int,
    replies: Path | None,
    why: bool,  # noqa: FBT001 (a flag of the command)
    language: str,
    folder: Path | None,
) -> None:
    """Talk to one customer of SCENARIO, and see what the work was worth.

    A reply may begin with desk actions, one a line: `!refund payment reason="charged twice"`,
    `!escalate billing what they should know`; a line with `!` alone lists them.
    """
    pack = parse_pack(read_files(folder or data_folder("seed_data") / "packs" / "leafmoor"))
    talk = rehearse(pack, scenario, seed, language)
    click.echo(_opening(pack, talk))
    texts = split_replies(replies.read_text(encoding="utf-8")) if replies else _typed(talk)
    for text in texts:
        if talk.is_over:
            break
        _send(talk, text, why=why)
    click.echo(_closing(talk.outcome(), why=why))


def _opening(pack: Pack, talk: Rehearsal) -> str:
    customer, form = talk.profile.customer, talk.form
    return (
        f"{talk.draft.subject}\n{talk.profile.name}, {customer.plan}, by {form.channel} "
        f"({pack.name}, {form.scenario.id}, a simulated customer)\n\n{talk.draft.body}\n"
    )


def _typed(talk: Rehearsal) -> Iterator[str]:
    """Ask for replies until the customer is content or nothing more comes."""
    while not talk.is_over:
        click.echo("Your reply; a line of --- sends it, Ctrl+D ends the talk.")
        lines: list[str] = []
        for line in sys.stdin:
            if line.strip() == "---":
                break
            lines.append(line)
        else:
            return
        yield "".join(lines).strip()


def _send(talk: Rehearsal, text: str, *, why: bool) -> None:
    actions, reply = split_actions(text)
    for action in actions:
        click.echo(f"[{action or 'actions'}] {talk.act(action)}")
    if not reply:
        return
    click.echo(f"You:\n{reply}\n")
    decision = talk.reply(reply)
    if why:
        for line in _reasons(decision, talk.case.mood):
            click.echo(f"  {line}")
    if decision.turn is None:
        click.echo("(Nothing more comes.)\n")
    else:
        click.echo(f"After {_wait(decision.turn.delay_seconds)}:\n{decision.turn.body}\n")


def _reasons(decision: Decision, mood: float) -> Iterator[str]:
    for found in decision.reading.matches:
        skipped = f", not counted: {found.skipped}" if found.skipped else ""
        yield f"{found.kind} {found.id} by {found.by}{skipped}: {excerpt(found.sentence, 70)}"
    if decision.turn is not None:
        for reason in decision.turn.why:
            change = f" (mood {reason.mood:+.2f})" if reason.mood else ""
            yield f"because: {reason.text}{change}"
    yield f"mood: {mood:+.2f}"


def _wait(seconds: int) -> str:
    if seconds < 60:  # noqa: PLR2004 (a minute)
        return f"{seconds} seconds"
    minutes = round(seconds / 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02} min" if hours else f"{rest} min"


def _closing(trace: OutcomeTrace, *, why: bool) -> str:
    solved = "solved" if trace.solved else "not solved"
    whole = (
        f"Outcome {trace.value:g} of 100: {solved}. "
        f"Goal {trace.goal_share:.0%}, points {trace.points_share:.0%}, harm {trace.harm:g}."
    )
    parts = [f"  {part.amount:+6.1f}  {part.text}" for part in trace.parts] if why else []
    return "\n".join((whole, *parts))
