"""`trialsim tick`: for a timer, or beside servers that do not tick themselves."""

import logging
import sys
from threading import Event

import click

from trialsim import config
from trialsim.installation.clock import clock_for
from trialsim.server import TICK_SECONDS
from trialsim.server import loop as tick_on
from trialsim.startup import prepare
from trialsim.workflows.tick import tick as tick_once


@click.command(epilog="Example, for cron: * * * * * trialsim tick")
@click.option("--loop", is_flag=True, help=f"Go on every {TICK_SECONDS} seconds until stopped.")
def tick(loop: bool) -> None:  # noqa: FBT001 (a flag of the command)
    """Let everything happen that is due: customers write, reviews are drawn, mail goes out.

    Running it twice, or in several places at once, does no harm. `trialsim serve` does it by
    itself.
    """
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    settings = config.load()
    engine = prepare(settings)
    clock = clock_for(engine)
    if loop:
        tick_on(engine, settings, clock, Event())
    done = tick_once(engine, settings, clock.now())
    click.echo(
        f"{done.trials} trials looked at, {done.reviews} reviews drawn, "
        f"{done.released} released, {done.mails} mails sent."
    )
    if done.failed:
        click.echo(f"{done.failed} steps failed; see the messages above.", err=True)
        sys.exit(1)
