"""From what went wrong to one plain line and an exit code."""

import errno
import sqlite3

import click
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from trialsim.config import SettingsInvalid
from trialsim.kit.errors import DomainError, Invalid
from trialsim.simulation.types import PackInvalid

FAILED = 1
WRONG_INPUT = 2


def plain(error: BaseException) -> tuple[str, int] | None:
    """Return the line to print and the exit code; None for what is a fault of the program."""
    match error:
        case click.ClickException():
            found = error.format_message(), error.exit_code
        case Invalid() if error.fields:
            found = " ".join(error.fields.values()), WRONG_INPUT
        case SettingsInvalid() | Invalid() | PackInvalid():
            found = str(error), WRONG_INPUT
        case DomainError():
            found = str(error), FAILED
        case DBAPIError() | sqlite3.Error():
            found = _database(error), FAILED
        case SQLAlchemyError():
            found = f"The database address cannot be used: {_first_line(error)}", WRONG_INPUT
        case OSError():
            found = _file(error), FAILED
        case _:
            return None
    return found


def _database(error: DBAPIError | sqlite3.Error) -> str:
    text = _first_line(error.orig if isinstance(error, DBAPIError) and error.orig else error)
    if "disk is full" in text or "No space left" in text:
        return "The disk is full. Please free some space; nothing was changed."
    if "readonly" in text or "unable to open" in text:
        return f"Cannot write to the database ({text}). Please check TRIALSIM_HOME and its rights."
    if "locked" in text:
        return "The database is in use by something that does not let go. Please try again."
    return f"The database does not answer: {text}"


def _file(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return "The disk is full. Please free some space; nothing was changed."
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
