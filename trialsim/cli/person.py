"""`trialsim person add`: how a real installation begins."""

import click

from trialsim import config
from trialsim.accounts.actions import add_person, make_link
from trialsim.accounts.forms import email_like
from trialsim.accounts.models import LinkKind
from trialsim.accounts.rules import INVITATION_LASTS
from trialsim.db import write_session
from trialsim.installation.clock import clock_for
from trialsim.journal.actions import record
from trialsim.startup import prepare


@click.group()
def person() -> None:
    """People with an account."""


def _email(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    try:
        return email_like(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@person.command(epilog="Example: trialsim person add ana@example.org --manager")
@click.argument("email", callback=_email)
@click.option("--name", default="", help="How they are called; they can change it.")
@click.option("--manager", is_flag=True, help="May create programmes and invite people.")
def add(email: str, name: str, manager: bool) -> None:  # noqa: FBT001 (a flag of the command)
    """Add somebody and print a single-use link for choosing a password.

    For somebody who is known already, the command gives them what is missing: a fresh link while
    they have no password, the right of a manager with --manager.
    """
    settings = config.load()
    engine = prepare(settings)
    now = clock_for(engine).now()
    with write_session(engine) as session:
        somebody = add_person(session, email=email, name=name, now=now)
        if manager and not somebody.is_manager:
            somebody.is_manager = True
            session.add(somebody)
            record(session, "made_manager", somebody.public_id, by=None, at=now)
        has_password = somebody.password_hash is not None
        token = "" if has_password else make_link(session, somebody, LinkKind.INVITATION, now)
        role = "a manager" if somebody.is_manager else "an account"
    if has_password:
        click.echo(f"{somebody.email} is known as {role} and signs in at {settings.base_url}/.")
        return
    click.echo(f"{settings.base_url}/invitations/{token}")
    click.echo(
        f"This link lets {somebody.email} ({role}) choose a password, once, "
        f"within {INVITATION_LASTS.days} days.",
        err=True,
    )
