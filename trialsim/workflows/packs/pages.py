"""What a manager sees of packs: the list, one version, and one form as a candidate meets it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from trialsim.scenarios.models import PackVersion
from trialsim.scenarios.queries import parsed
from trialsim.simulation.types import Fault, Pack, Scenario, Use
from trialsim.trials.models import Trial
from trialsim.workflows.rehearsal import Rehearsal

LANGUAGE_WORDS = {"en": "English", "it": "Italian", "ko": "Korean"}


@dataclass(frozen=True, slots=True)
class PackRow:
    """One version in the list; `trials` run on it and keep it for ever."""

    key: str
    name: str
    number: int
    imported_at: datetime
    trials: int


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One scenario of a version; `languages` are those its customers write."""

    id: str
    family: str
    area: str
    use: str
    flags: str
    languages: str
    channels: str


@dataclass(frozen=True, slots=True)
class PackPage:
    """One version: what it holds."""

    key: str
    name: str
    number: int
    imported_at: datetime
    counts: tuple[tuple[str, str], ...]
    scenarios: tuple[ScenarioRow, ...]


@dataclass(frozen=True, slots=True)
class FormPage:
    """One customer of a scenario, as a candidate meets them; `seed` draws another."""

    key: str
    pack: str
    scenario: str
    seed: int
    language: str
    languages: tuple[str, ...]
    subject: str
    body: str
    name: str
    about: tuple[tuple[str, str], ...]

    @property
    def language_options(self) -> tuple[tuple[str, str], ...]:
        """Return the languages as a choice."""
        return tuple((code, LANGUAGE_WORDS.get(code, code)) for code in self.languages)


def pack_rows(session: Session) -> list[PackRow]:
    """Return every version, newest first, in one query."""
    rows = session.exec(
        select(PackVersion, func.count(col(Trial.id)))
        .outerjoin(Trial, col(Trial.pack_hash) == PackVersion.hash)
        .group_by(col(PackVersion.hash))
        .order_by(col(PackVersion.imported_at).desc(), col(PackVersion.hash))
    )
    return [PackRow(row.hash, row.name, row.number, row.imported_at, count) for row, count in rows]


def pack_page(row: PackVersion) -> PackPage:
    """Return what a stored version holds."""
    company = parsed(row.hash, row.files)
    scenarios = sorted(company.scenarios.values(), key=lambda one: (one.area, one.family, one.id))
    return PackPage(
        row.hash,
        row.name,
        row.number,
        row.imported_at,
        _counts(company),
        tuple(map(_row, scenarios)),
    )


def form_page(row: PackVersion, scenario: Scenario, talk: Rehearsal, seed: int) -> FormPage:
    """Return a form as its candidate would see it."""
    customer = talk.profile.customer
    return FormPage(
        key=row.hash,
        pack=row.name,
        scenario=scenario.id,
        seed=seed,
        language=talk.form.language,
        languages=scenario.languages,
        subject=talk.draft.subject,
        body=talk.draft.body,
        name=talk.profile.name,
        about=(
            ("Writes by", talk.form.channel),
            ("Plan", customer.plan.capitalize()),
            ("Email", customer.email),
            ("Zone", customer.persona.zone.split("/")[-1].replace("_", " ")),
        ),
    )


def faults_first(faults: Sequence[Fault]) -> list[Fault]:
    """Return faults before warnings, otherwise in their order."""
    return sorted(faults, key=lambda fault: fault.warning)


def _row(scenario: Scenario) -> ScenarioRow:
    return ScenarioRow(
        scenario.id,
        scenario.family,
        scenario.area,
        str(scenario.use),
        ", ".join(flag.replace("_", " ") for flag in scenario.flags),
        ", ".join(scenario.languages),
        ", ".join(scenario.channels),
    )


def _counts(company: Pack) -> tuple[tuple[str, str], ...]:
    scenarios = company.scenarios.values()
    scored = sum(one.use is Use.SCORED for one in scenarios)
    return (
        ("Scenarios", f"{scored} scored, {len(company.scenarios) - scored} for practice"),
        ("Languages", ", ".join(company.languages)),
        ("Help articles", str(len(company.articles))),
        ("Policy clauses", str(len(company.clauses))),
        ("Desk actions", str(len(company.actions))),
        ("Macros", str(len(company.macros))),
    )
