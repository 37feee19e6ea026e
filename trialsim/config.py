"""Settings: the only reader of the environment."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from trialsim.kit.errors import DomainError

SHORTEST_SECRET = 32
READERS = ("patterns", "encoder")


class SettingsInvalid(DomainError):  # noqa: N818 (reads as what happened)
    """A setting that cannot be used, with what to change."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an installation may choose; see docs/operations.md."""

    home: Path
    database_url: str
    secret_key: str
    base_url: str
    smtp_url: str = ""
    mail_from: str = "TrialSim <trialsim@localhost>"
    secure_cookies: bool = False
    development: bool = False
    idle_hours: int = 12
    session_days: int = 7
    undo_seconds: int = 15
    argon2_time: int = 2
    argon2_memory_kib: int = 19456
    body_bytes: int = 2 * 1024 * 1024
    trusted_proxies: int = 0
    reader: str = "patterns"
    llm_url: str = ""
    llm_model: str = ""
    llm_key: str = ""

    def with_changes(self, **changes: object) -> "Settings":
        """Return a copy with some settings replaced."""
        return replace(self, **changes)  # type: ignore[arg-type]  # the names are checked by replace


def load(environ: Mapping[str, str] | None = None, *, home: Path | None = None) -> Settings:
    """Read the settings; makes the home folder and a secret key on first use.

    Raises:
        SettingsInvalid: for a folder that cannot be written or a secret that is too short.
    """
    env = os.environ if environ is None else environ
    folder = home or Path(env.get("TRIALSIM_HOME") or "instance")
    folder = folder.resolve()
    base_url = env.get("TRIALSIM_BASE_URL", f"http://127.0.0.1:{env.get('PORT', '8000')}")
    return Settings(
        home=folder,
        database_url=env.get("TRIALSIM_DATABASE_URL") or f"sqlite:///{folder / 'trialsim.db'}",
        secret_key=env.get("TRIALSIM_SECRET_KEY") or _stored_secret(folder),
        base_url=base_url.rstrip("/"),
        smtp_url=env.get("TRIALSIM_SMTP_URL", ""),
        mail_from=env.get("TRIALSIM_MAIL_FROM", "TrialSim <trialsim@localhost>"),
        secure_cookies=base_url.startswith("https://"),
        development=env.get("TRIALSIM_DEVELOPMENT", "") == "1",
        reader=_one_of("TRIALSIM_READER", env.get("TRIALSIM_READER") or "patterns", READERS),
        llm_url=env.get("TRIALSIM_LLM_URL", ""),
        llm_model=env.get("TRIALSIM_LLM_MODEL", ""),
        llm_key=env.get("TRIALSIM_LLM_KEY", ""),
        trusted_proxies=_whole_number(env.get("TRIALSIM_TRUSTED_PROXIES", "0")),
    )


def _whole_number(text: str) -> int:
    if not text.isdecimal():
        raise SettingsInvalid(
            f"{text!r} is no whole number: please set TRIALSIM_TRUSTED_PROXIES to one."
        )
    return int(text)


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise SettingsInvalid(f"{name} is {value!r}: please set it to {' or '.join(known)}.")
    return value


def check(settings: Settings) -> Settings:
    """Refuse a secret that could be guessed."""
    if len(settings.secret_key) < SHORTEST_SECRET:
        raise SettingsInvalid(
            f"TRIALSIM_SECRET_KEY is too short: please use at least {SHORTEST_SECRET} characters."
        )
    return settings


def _stored_secret(folder: Path) -> str:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "secret.key"
        if not path.exists():
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(48))
        return path.read_text().strip()
    except FileExistsError:  # another process was quicker
        return (folder / "secret.key").read_text().strip()
    except OSError as error:
        raise SettingsInvalid(
            f"Cannot write to {folder} ({error.strerror}): "
            "please free space or set TRIALSIM_HOME to a folder you may write to."
        ) from error
