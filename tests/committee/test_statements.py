from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from tests.cast import Cast
from tests.factories.committee import state
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.committee.models import Statement
from trialsim.journal.queries import facts
from trialsim.trials.models import Trial
from trialsim.trials.rules import TrialState

SignsIn = Callable[[Person], Visitor]
SAID = {"recommendation": "yes", "body": "Calm with worried people, and quick with the facts."}
OTHERS = "Quick on small things, slow on billing."


def _path(trial: Trial) -> str:
    return f"/trials/{trial.public_id}/statement"


def test_a_mentor_writes_one_statement(
    as_person: SignsIn, cast: Cast, session: Session, unsealed: Trial
) -> None:
    answer = as_person(cast.mina).post(_path(unsealed), SAID)

    row = session.exec(select(Statement).where(Statement.trial_id == unsealed.id)).one()
    assert answer.location == _path(unsealed)
    assert (row.mentor_id, row.recommendation, row.body) == (cast.mina.id, "yes", SAID["body"])
    assert [
        fact.detail for fact in facts(session, subject=unsealed.public_id, kind="statement_written")
    ] == [{}]


def test_others_statements_open_only_after_the_own_one(
    as_person: SignsIn, cast: Cast, session: Session, unsealed: Trial
) -> None:
    state(session, unsealed, cast.mika, body=OTHERS)
    session.commit()
    mina = as_person(cast.mina)

    before = mina.get(_path(unsealed)).get_data(as_text=True)
    mina.post(_path(unsealed), SAID)
    after = mina.get(_path(unsealed)).get_data(as_text=True)

    assert OTHERS not in before
    assert OTHERS in after


def test_nothing_is_recommended_in_advance(as_person: SignsIn, cast: Cast, unsealed: Trial) -> None:
    page = as_person(cast.mina).get(_path(unsealed)).get_data(as_text=True)

    assert page.count('type="radio"') == 4
    assert "checked" not in page


def test_a_second_statement_is_refused_and_given_back(
    as_person: SignsIn, cast: Cast, session: Session, unsealed: Trial
) -> None:
    mina = as_person(cast.mina)
    mina.post(_path(unsealed), SAID)

    answer = mina.post(_path(unsealed), {**SAID, "body": "On second thoughts."})

    assert answer.status_code == 409
    assert "On second thoughts." in answer.get_data(as_text=True)
    assert len(session.exec(select(Statement).where(Statement.trial_id == unsealed.id)).all()) == 1


def test_words_that_tell_who_it_is_are_asked_to_be_rewritten(
    as_person: SignsIn, cast: Cast, session: Session, unsealed: Trial
) -> None:
    answer = as_person(cast.mina).post(_path(unsealed), {**SAID, "body": "Zed is calm, she asks."})

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "instead of: Zed, she" in page
    assert "Zed is calm, she asks." in page
    assert session.exec(select(Statement).where(Statement.trial_id == unsealed.id)).all() == []


@pytest.mark.parametrize("missing", ["recommendation", "body"])
def test_an_empty_statement_is_refused(
    as_person: SignsIn, cast: Cast, unsealed: Trial, missing: str
) -> None:
    answer = as_person(cast.mina).post(_path(unsealed), {**SAID, missing: ""})

    assert answer.status_code == 422


def test_a_sealed_packet_takes_no_more_statements(
    as_person: SignsIn, cast: Cast, session: Session, trial: Trial
) -> None:
    wrote = session.exec(select(Statement).where(Statement.trial_id == trial.id)).all()
    session.delete(next(one for one in wrote if one.mentor_id == cast.mina.id))
    session.commit()

    answer = as_person(cast.mina).post(_path(trial), SAID)

    assert answer.status_code == 409
    assert "sealed" in as_person(cast.mina).get(_path(trial)).get_data(as_text=True)


def test_a_statement_waits_for_the_live_queue(
    as_person: SignsIn, cast: Cast, session: Session, unsealed: Trial
) -> None:
    unsealed.state, unsealed.live_at = TrialState.TRAINING, None
    session.add(unsealed)
    session.commit()

    assert as_person(cast.mina).post(_path(unsealed), SAID).status_code == 409


def test_a_manager_reads_statements_and_writes_none(
    as_person: SignsIn, cast: Cast, session: Session, unsealed: Trial
) -> None:
    state(session, unsealed, cast.mika, body=OTHERS)
    session.commit()
    olu = as_person(cast.olu)

    assert OTHERS in olu.get(_path(unsealed)).get_data(as_text=True)
    assert olu.post(_path(unsealed), SAID).status_code == 403


@pytest.mark.parametrize("name", ["zed", "hana", "noor"])
def test_for_others_there_is_no_statement(
    as_person: SignsIn, cast: Cast, unsealed: Trial, name: str
) -> None:
    person = as_person(getattr(cast, name))

    assert person.get(_path(unsealed)).status_code == 404
    assert person.post(_path(unsealed), SAID).status_code == 404
