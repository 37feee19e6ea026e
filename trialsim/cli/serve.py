"""`trialsim serve`."""

import logging
import os
from typing import cast

import click
from sqlalchemy import Engine

from trialsim import config
from trialsim.config import Settings
from trialsim.server import listen
from trialsim.server import serve as run
from trialsim.startup import check_readers, is_demo, people_count, prepare

DEFAULT_PORT = 8000


@click.command(epilog="Example: trialsim serve --port 8080")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    envvar="PORT",
    default=DEFAULT_PORT,
    show_default=True,
    help="Port to listen on; the variable PORT does the same.",
)
@click.option("--demo", is_flag=True, help="Fill the database with a demo first, if it is empty.")
@click.pass_context
def serve(context: click.Context, host: str, port: int, *, demo: bool) -> None:
    """Run the server, with everything that happens in between.

    The database is brought up to date first. One process serves a whole company; more of them may
    run beside each other on PostgreSQL.
    """
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    settings = config.check(config.load())
    with listen(host, port) as place:
        settings = _reached_at(settings, place.getsockname()[1])
        engine = prepare(settings)
        if demo and not people_count(engine):
            engine.dispose()  # the demo puts another file in this one's place
            _fill(context)
        check_readers(settings, engine)
        run(settings, engine, place, ready=lambda: _welcome(settings, engine))


def _fill(context: click.Context) -> None:
    """Run `trialsim demo`; it is imported here alone, since a server has no need of it."""
    group = cast("click.Group", context.find_root().command)
    context.invoke(cast("click.Command", group.get_command(context, "demo")), if_empty=True)


def _welcome(settings: Settings, engine: Engine) -> None:
    click.echo(f"TrialSim runs at {settings.base_url} (stop it with Ctrl+C).")
    if is_demo(engine):
        click.echo("It is a demo: open it and press the name of whoever you want to be.")
    elif not people_count(engine):
        click.echo(
            "Nobody can sign in yet. In another terminal:\n"
            "  trialsim person add you@example.org --manager\n"
            "then open the link it prints."
        )


def _reached_at(settings: Settings, port: int) -> Settings:
    """Let links lead to the port in use, unless an address was set."""
    if "TRIALSIM_BASE_URL" in os.environ:
        return settings
    return settings.with_changes(base_url=f"http://127.0.0.1:{port}")
