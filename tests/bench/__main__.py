"""Run with `make bench`: CPU milliseconds a request, beside the floor, as a table and as JSON."""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table
from sqlmodel import Session

from tests import cast as people
from tests.bench.floor import floor_app
from tests.bench.rows import TICKETS, fill
from tests.cast import START
from tests.databases import SqliteTemplate
from tests.factories.cohort import a_live_cohort
from tests.visitor import Visitor
from trialsim.app import create_app
from trialsim.config import Settings
from trialsim.kit.clock import MovableClock
from trialsim.paths import data_folder
from trialsim.scenarios.actions import read_files
from trialsim.simulation.cohort_run import run_cohort
from trialsim.simulation.ghosts import GHOSTS
from trialsim.simulation.library import parse_pack
from trialsim.simulation.personas import draw_customers, mixed_wants

ROUNDS = 7
REQUESTS = 20
PEOPLE = 300
_MILLISECONDS = 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """One page: CPU milliseconds a request, median of the rounds, and the floor's."""

    page: str
    cpu_ms: float
    floor_ms: float | None
    bytes: int

    @property
    def times(self) -> str:
        return f"{self.cpu_ms / self.floor_ms:.1f}" if self.floor_ms else ""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, SqliteTemplate(Path(folder)).copy() as engine:
        console = Console(stderr=True)
        console.print(f"Writing {TICKETS:,} tickets …")
        with Session(engine, expire_on_commit=False) as session:
            cast = people.load(session)
            started = a_live_cohort(session, cast)
            ticket = fill(session, started)
            trial, cohort = started.trial.id or 0, started.cohort.public_id
        settings = Settings(
            Path(folder), "", "bench-" * 8, "http://localhost", argon2_time=1, argon2_memory_kib=8
        )
        app = create_app(settings, engine=engine, clock=MovableClock(START))
        candidate, mentor = Visitor(app).signs_in(cast.cem), Visitor(app).signs_in(cast.mina)
        floor = floor_app(engine, trial).test_client()
        path = f"/tickets/{ticket.public_id}"
        reply = {"reply": "Has anything been added to the site lately?", "status": "pending"}
        mentor.get(f"/cohorts/{cohort}")
        figures = [
            _figure("inbox", lambda: candidate.get("/desk"), lambda: floor.get("/desk")),
            _figure(
                "search",
                lambda: candidate.get("/desk?q=records"),
                lambda: floor.get("/search?q=records"),
            ),
            _figure("ticket", lambda: candidate.get(path), lambda: floor.get(path)),
            _figure(
                "reply",
                lambda: candidate.post(f"{path}/messages", reply),
                lambda: floor.post(path, data=reply),
            ),
            _figure("chats, nothing new", _quiet_look(candidate), None),
            _figure("cohort page", lambda: mentor.get(f"/cohorts/{cohort}"), None),
        ]
    _print(figures, _pure_figures())


def _quiet_look(candidate: Visitor) -> Callable[[], object]:
    """Return how an open page of chats looks for news: 350 every ten seconds are 35 a second."""
    token = candidate.get("/chats").text.partition('data-token="')[2].partition('"')[0]
    return lambda: candidate.get(f"/chats/live?seen={token}")


def _pure_figures() -> dict[str, float]:
    """Return what the engine costs, in CPU milliseconds: no database, no page."""
    company = parse_pack(read_files(data_folder("seed_data") / "packs" / "leafmoor"))
    run_cohort(company, "warm", GHOSTS[:1], days=5)
    begins = time.process_time()
    run_cohort(company, "bench")
    month = (time.process_time() - begins) * _MILLISECONDS
    wants = mixed_wants(company, "bench", PEOPLE)
    draw_customers(company, "warm", wants[:20], on="2026-03-02")
    begins = time.process_time()
    draw_customers(company, "bench", wants, on="2026-03-02")
    people = (time.process_time() - begins) / PEOPLE * _MILLISECONDS
    return {"eight ghosts, 18 days": round(month, 1), "one customer drawn": round(people, 3)}


def _figure(page: str, own: Callable[[], object], floor: Callable[[], object] | None) -> Figure:
    size = len(getattr(own(), "data", b""))
    return Figure(page, _cpu(own), _cpu(floor) if floor else None, size)


def _cpu(request: Callable[[], object]) -> float:
    request()
    rounds = []
    for _ in range(ROUNDS):
        begins = time.process_time()
        for _ in range(REQUESTS):
            request()
        rounds.append((time.process_time() - begins) / REQUESTS * _MILLISECONDS)
    return round(median(rounds), 2)


def _print(figures: list[Figure], pure: dict[str, float]) -> None:
    table = Table(title=f"CPU milliseconds a request, {TICKETS:,} tickets, SQLite")
    for column in ("page", "TrialSim", "bare floor", "times", "bytes"):
        table.add_column(column, justify="left" if column == "page" else "right")
    for one in figures:
        bare = "" if one.floor_ms is None else f"{one.floor_ms:.2f}"
        table.add_row(one.page, f"{one.cpu_ms:.2f}", bare, one.times, f"{one.bytes:,}")
    Console(stderr=True).print(table)
    for name, cost in pure.items():
        Console(stderr=True).print(f"{name}: {cost:,} ms CPU")
    json.dump({"pages": [asdict(one) for one in figures], "engine": pure}, sys.stdout)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
