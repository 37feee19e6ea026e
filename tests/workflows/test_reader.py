"""Who reads replies is frozen with the trial, and nobody else steps in."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from tests.cast import START, Cast
from tests.factories.cohort import a_cohort, a_live_cohort, a_started_cohort
from tests.factories.inbox import at_work, next_up
from trialsim import config
from trialsim.config import Settings, SettingsInvalid
from trialsim.inbox.actions.replies import send_reply
from trialsim.inbox.models import Status
from trialsim.simulation.reading import encoder, readers
from trialsim.startup import check_readers
from trialsim.trials.models import Trial
from trialsim.trials.queries import engine_rules
from trialsim.workflows.enrol import start_cohort


@pytest.fixture
def without_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "is_installed", lambda: False)


def test_a_trial_keeps_the_reader_it_began_with(session: Session, cast: Cast) -> None:
    cohort = a_cohort(session, cast, candidates=("cem",))
    trial = start_cohort(session, cohort, by=cast.olu, now=START, reader="encoder")[0]

    assert trial.rules["reading"]["reader"] == "encoder"
    assert engine_rules(trial) == readers.rules_for("encoder")


def test_a_trial_from_before_is_read_by_the_thresholds_of_then(
    session: Session, cast: Cast
) -> None:
    trial = a_started_cohort(session, cast, candidates=("cem",)).trial
    trial.rules = {key: value for key, value in trial.rules.items() if key != "reading"}

    rules = engine_rules(trial)

    assert (rules.reader, rules.phrase_threshold, rules.trap_threshold) == ("patterns", 0.3, 0.45)


@pytest.mark.parametrize("name", ["patterns", "encoder"])
def test_a_stored_reading_names_its_reader(session: Session, cast: Cast, name: str) -> None:
    started = a_live_cohort(session, cast)
    trial = session.get_one(Trial, started.trial.id)
    trial.rules = {**trial.rules, "reading": {"reader": name, "phrase_threshold": 0.4}}
    next_up(session, trial, {"scenario": "checkout-plugin-conflict", "channel": "email"})
    trial, person, (ticket, *_) = at_work(session, started, START)

    reply = send_reply(
        session, trial, ticket, by=person, body="Hello.", status=Status.PENDING, now=START
    )

    stored = str(reply.why["reading"]["matcher"])
    assert stored.startswith(f"{readers.READERS[name].name} ")
    assert "phrase 0.4" in stored


@pytest.mark.usefixtures("without_encoder")
def test_a_cohort_does_not_start_with_a_reader_that_is_missing(
    session: Session, cast: Cast
) -> None:
    cohort = a_cohort(session, cast, candidates=("cem",))

    with pytest.raises(readers.ReaderMissing, match=r"pip install 'trialsim\[nlp\]'"):
        start_cohort(session, cohort, by=cast.olu, now=START, reader="encoder")


@pytest.mark.usefixtures("without_encoder")
def test_the_server_refuses_a_trial_it_could_only_read_otherwise(
    session: Session, cast: Cast, engine: Engine, settings: Settings
) -> None:
    trial = a_started_cohort(session, cast, candidates=("cem",)).trial
    session.commit()
    check_readers(settings, engine)
    trial.rules = {**trial.rules, "reading": {"reader": "encoder"}}
    session.add(trial)
    session.commit()

    with pytest.raises(readers.ReaderMissing):
        check_readers(settings, engine)


@pytest.mark.usefixtures("without_encoder", "cast")
def test_the_server_refuses_a_setting_it_cannot_keep(engine: Engine, settings: Settings) -> None:
    with pytest.raises(readers.ReaderMissing):
        check_readers(settings.with_changes(reader="encoder"), engine)


def test_the_setting_knows_every_reader() -> None:
    assert set(config.READERS) == set(readers.READERS)
    with pytest.raises(SettingsInvalid, match="patterns or encoder"):
        config.load({"TRIALSIM_READER": "guess", "TRIALSIM_SECRET_KEY": "x" * 40})
