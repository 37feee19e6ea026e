"""`trialsim audit verify`."""

import json
import sys

import click
from sqlmodel import Session

from trialsim import config
from trialsim.journal.queries import chain_fault, chain_head
from trialsim.startup import open_database


@click.group()
def audit() -> None:
    """The journal of who did what, and when."""


@audit.command(epilog="Example: trialsim audit verify --json")
@click.option("--head", default="", help="A hash kept elsewhere that must be in the chain.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object and nothing else.")
def verify(head: str, as_json: bool) -> None:  # noqa: FBT001 (a flag of the command)
    """Check that no fact of the journal was changed, removed or moved.

    Each fact carries the hash of the one before it. Keep the printed head elsewhere: given with
    --head later, it also proves that nothing was cut off the end.
    """
    with Session(open_database(config.load())) as session:
        fault = chain_fault(session)
        count, newest, known = chain_head(session, head)
    if fault is None and head and not known:
        fault = "The hash given with --head is not in the journal: facts were cut off its end."
    if as_json:
        click.echo(json.dumps({"whole": fault is None, "facts": count, "head": newest}))
    elif fault is None:
        click.echo(f"The journal is whole: {count} facts, head {newest}.")
    if fault is not None:
        click.echo(fault, err=True)
        sys.exit(1)
