"""The command line: parse, call a workflow, print. Each group of commands lies in its own file."""

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from trialsim import __version__
from trialsim.cli.problems import WRONG_INPUT, plain

# Command → its module here and its name there; read only when it is asked for.
COMMANDS = {
    "serve": ("serve", "serve"),
    "demo": ("demo", "demo"),
    "db": ("db", "db"),
    "person": ("person", "person"),
    "tick": ("tick", "tick"),
    "scenarios": ("scenarios", "scenarios"),
    "month": ("month", "month"),
    "measure": ("measure", "measure"),
    "study": ("measure", "study"),
    "audit": ("audit", "audit"),
}


class Commands(click.Group):
    """The commands by name; a module is imported when its command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """Return the names in the order of the documentation."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's signature)
        """Return a command, or None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command = getattr(import_module(f"trialsim.cli.{module}"), name)
        if not isinstance(command, click.Command):
            raise TypeError(f"trialsim.cli.{module}.{name} is no command")
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="TrialSim %(version)s")
def cli() -> None:
    """TrialSim: a hiring trial on simulated support tickets.

    A real installation begins with `trialsim person add you@example.org --manager` and
    `trialsim serve`. Settings are read from the environment (TRIALSIM_HOME,
    TRIALSIM_DATABASE_URL, TRIALSIM_BASE_URL, TRIALSIM_SMTP_URL and others).
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with 0, 1 (what was asked failed) or 2 (wrong usage or input)."""
    try:
        code = cli.main(args=arguments, prog_name="trialsim", standalone_mode=False)
    except click.UsageError as error:
        error.show()
        sys.exit(WRONG_INPUT)
    except (click.Abort, KeyboardInterrupt):
        sys.exit("trialsim: stopped.")
    except BrokenPipeError:  # the reader of our output has gone: nothing is wrong
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:
        known = plain(error)
        if known is None:
            raise
        click.echo(f"trialsim: {known[0]}", err=True)
        sys.exit(known[1])
    sys.exit(code if isinstance(code, int) else 0)
