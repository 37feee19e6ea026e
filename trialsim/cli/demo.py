"""`trialsim demo`."""

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from trialsim import config
from trialsim.paths import data_folder
from trialsim.startup import prepare
from trialsim.workflows.demo.installing import install, is_empty
from trialsim.workflows.demo.story import Wanted


@click.command(epilog="Example: TRIALSIM_HOME=/tmp/demo trialsim demo --day 18 --seed 7")
@click.option("--candidates", type=click.IntRange(1, 8), default=8, show_default=True)
@click.option("--day", type=click.IntRange(1, 28), default=18, show_default=True)
@click.option("--seed", type=click.IntRange(0), default=7, show_default=True)
@click.option("--quiet", is_flag=True, help="Print nothing.")
@click.option("--if-empty", is_flag=True, help="Do nothing when somebody has an account already.")
def demo(candidates: int, day: int, seed: int, *, quiet: bool, if_empty: bool) -> None:
    """Fill an empty database with a cohort of scripted candidates whose true skills are known.

    The same numbers give the same content on any day. Such a database has a sign-in page with one
    press a person, and a clock of its own that rests while the server is off.
    """
    engine = prepare(config.check(config.load()))
    if if_empty and not is_empty(engine):
        return
    console = Console(stderr=True, quiet=quiet)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("A month of work, told quickly", total=1.0)

        def progress(words: str, share: float) -> None:
            bar.update(task, description=words, completed=share)

        install(engine, data_folder("seed_data"), Wanted(candidates, day, seed), progress)
    if not quiet:
        click.echo("The demo is ready: run `trialsim serve` and choose somebody on its first page.")
