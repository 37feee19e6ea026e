"""What each programme page shows, read in a fixed number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session

from trialsim.kit.languages import NAMES
from trialsim.outbox.models import Mail
from trialsim.outbox.queries import latest_mail
from trialsim.programmes.actions import read_templates
from trialsim.programmes.charts import hours_chart, reliability_chart
from trialsim.programmes.forms import LANGUAGE, typed_rules
from trialsim.programmes.mail import MailState, hidden_links, mail_state
from trialsim.programmes.models import Cohort, Programme
from trialsim.programmes.planning import Preview, preview
from trialsim.programmes.queries import (
    cohorts,
    cohorts_by_programme,
    latest_rubric,
    programmes,
    rules_of,
)
from trialsim.programmes.rules import ProgrammeRules
from trialsim.scenarios.queries import latest_packs, pack
from trialsim.web.charts import Drawing


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """One programme of the list, with its cohorts, the newest first."""

    programme: Programme
    rules: ProgrammeRules
    cohorts: tuple[Cohort, ...]


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What a programme asks of everybody, with its two drawings and the numbers behind them."""

    preview: Preview
    hours: Drawing
    reliability: Drawing
    hour_rows: tuple[tuple[str, ...], ...]
    day_rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A template to begin from."""

    id: str
    name: str
    summary: str


@dataclass(frozen=True, slots=True)
class NewPage:
    """The form for a new programme; `typed` fills it, errors stand beside its fields."""

    templates: tuple[Template, ...]
    packs: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    beside: PreviewPage | None


@dataclass(frozen=True, slots=True)
class ShowPage:
    """One programme."""

    programme: Programme
    rules: ProgrammeRules
    pack_name: str
    rubric_number: int
    categories: tuple[Mapping[str, Any], ...]
    cohorts: tuple[Cohort, ...]
    beside: PreviewPage
    today: date
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail of the outbox; single-use links in `body` are hidden where mail goes out."""

    mail: Mail
    state: MailState
    body: str


def index_rows(session: Session) -> tuple[ProgrammeRow, ...]:
    """Return all programmes, newest first."""
    held = cohorts_by_programme(session)
    return tuple(
        ProgrammeRow(row, rules_of(row), tuple(held.get(row.id or 0, ())))
        for row in programmes(session)
    )


def preview_page(rules: ProgrammeRules) -> PreviewPage:
    """Return what rules ask of everybody."""
    asked = preview(rules)
    return PreviewPage(
        preview=asked,
        hours=hours_chart(asked),
        reliability=reliability_chart(asked),
        hour_rows=tuple(
            (
                f"{week.number}",
                *(f"{hours:.1f}" for hours in (week.training, *dict(week.channels).values())),
                f"{week.other:.1f}",
            )
            for week in asked.weeks
        ),
        day_rows=tuple(
            (f"{day}", f"{value:.2f}") for day, value in asked.reliability if day % 7 == 0
        ),
    )


def new_page(
    session: Session, folder: Path, template: str, copied: Programme | None = None
) -> NewPage:
    """Return the form filled in from a template, or from another programme."""
    known = read_templates(folder)
    chosen = template if template in known else next(iter(known))
    packs = latest_packs(session)
    if copied is None:
        rules = ProgrammeRules.model_validate(known[chosen]["rules"])
        first = next((one.hash for one in packs if one.pack == known[chosen]["pack"]), "")
        start = {"template": chosen, "name": "", "pack": first}
    else:
        rules = rules_of(copied)
        name = f"{copied.name}, copy"[:120]
        start = {"template": copied.template, "name": name, "pack": copied.pack_hash}
    return NewPage(
        templates=tuple(Template(key, one["name"], one["summary"]) for key, one in known.items()),
        packs=tuple((one.hash, f"{one.name}, version {one.number}") for one in packs),
        languages=_second_languages(session, [one.hash for one in packs]),
        typed=typed_rules(rules) | start,
        errors={},
        beside=preview_page(rules),
    )


def _second_languages(session: Session, hashes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the field and name of every language that a pack has beside its first."""
    codes = {code for key in hashes for code in pack(session, key).languages[1:]}
    return tuple((f"{LANGUAGE}{code}", name) for code, name in NAMES.items() if code in codes)


def sent_page(
    session: Session,
    folder: Path,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    rules: ProgrammeRules | None,
) -> NewPage:
    """Return the form as it was sent, with what to put right and what the rules would ask."""
    page = new_page(session, folder, typed.get("template", ""))
    empty = dict.fromkeys(page.typed, "")
    beside = preview_page(rules) if rules else None
    return replace(page, typed=empty | dict(typed), errors=errors, beside=beside)


def show_page(session: Session, programme: Programme, today: date) -> ShowPage:
    """Return one programme with its scorecard and cohorts."""
    rubric = latest_rubric(session, programme.id or 0)
    rules = rules_of(programme)
    return ShowPage(
        programme=programme,
        rules=rules,
        pack_name=pack(session, programme.pack_hash).name,
        rubric_number=rubric.number,
        categories=tuple(rubric.body["categories"]),
        cohorts=tuple(cohorts(session, programme)),
        beside=preview_page(rules),
        today=today,
    )


def letters(session: Session, *, sends_mail: bool) -> tuple[Letter, ...]:
    """Return the newest mail with its text; links stay readable where nobody can be written to."""
    return tuple(
        Letter(
            mail,
            mail_state(mail, sends_mail=sends_mail),
            hidden_links(mail.body) if sends_mail else mail.body,
        )
        for mail in latest_mail(session)
    )
