import json
from pathlib import Path

import pytest

from tests.cli.conftest import Trialsim
from tests.measurement.planted import reviews, tickets


@pytest.fixture
def reviews_file(tmp_path: Path) -> Path:
    lines = [f"{r.candidate},{r.scenario},{r.rater},{r.day},{r.score}" for r in reviews(1)]
    path = tmp_path / "reviews.csv"
    path.write_text("\n".join(["candidate,scenario,rater,day,score", *lines]))
    return path


@pytest.fixture
def tickets_file(tmp_path: Path) -> Path:
    titles = "candidate,scenario,day,block,hours,par_minutes,minutes,outcome"
    lines = [
        f"{t.candidate},{t.scenario},{t.day},{t.block},{t.hours},{t.par_minutes},{t.minutes},"
        f"{t.outcome}"
        for t in tickets(1)
    ]
    path = tmp_path / "tickets.csv"
    path.write_text("\n".join([titles, *lines]))
    return path


def test_reviews_made_anywhere_get_fair_scores(
    trialsim: Trialsim, reviews_file: Path, tickets_file: Path
) -> None:
    measured = trialsim("measure", str(reviews_file), "--tickets", str(tickets_file), "--json")

    report = json.loads(measured.out)
    assert measured.code == 0
    assert report["candidates"]["c0"]["low"] < report["candidates"]["c0"]["level"]
    assert report["ramp"]["c0"]["tickets"] > 90


def test_the_html_report_is_one_file_that_fetches_nothing(
    trialsim: Trialsim, reviews_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "fair.html"

    told = trialsim("measure", str(reviews_file), "--out", str(out))

    page = out.read_text(encoding="utf-8")
    assert "pairs can be told apart" in told.out
    assert "<svg" in page
    assert not any(word in page for word in ("src=", "@import", "http://", "https://", "<link"))


def test_a_name_that_is_markup_shows_as_text(trialsim: Trialsim, tmp_path: Path) -> None:
    sheet = tmp_path / "reviews.csv"
    lines = [f"<b>ada</b>,s{n},r{n % 2},{n},{50 + n}" for n in range(8)]
    sheet.write_text("\n".join(["candidate,scenario,rater,day,score", *lines]))

    trialsim("measure", str(sheet), "--out", str(tmp_path / "fair.html"))

    page = (tmp_path / "fair.html").read_text(encoding="utf-8")
    assert "<b>ada" not in page
    assert "&lt;b&gt;ada" in page


def test_a_faulty_line_is_told_and_nothing_is_written(trialsim: Trialsim, tmp_path: Path) -> None:
    sheet = tmp_path / "reviews.csv"
    sheet.write_text("candidate,scenario,rater,day,score\nada,s,ben,1,140\n")

    refused = trialsim("measure", str(sheet), "--out", str(tmp_path / "fair.html"))

    assert refused.code == 2
    assert "reviews.csv, line 2: score is 140" in refused.err
    assert not (tmp_path / "fair.html").exists()


def test_a_study_prints_every_design_and_load(trialsim: Trialsim) -> None:
    told = trialsim("study", "--cohorts", "1", "--seed", "3")

    assert "half/half" in told.out
    assert "15 tickets a day" in told.out
