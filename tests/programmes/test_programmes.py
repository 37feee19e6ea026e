from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.cast import START, Cast
from tests.factories.cohort import a_programme, pack_files
from tests.visitor import Visitor
from trialsim.programmes.forms import typed_rules
from trialsim.programmes.models import Cohort, Programme, Rubric
from trialsim.programmes.rules import ProgrammeRules
from trialsim.scenarios.actions import import_pack

SignsIn = Callable[..., Visitor]


@pytest.fixture
def manager(as_person: SignsIn, cast: Cast, session: Session) -> Visitor:
    import_pack(session, pack_files(), START)
    session.commit()
    return as_person(cast.olu)


def filled(session: Session, **changes: str) -> dict[str, str]:
    """The form as the page fills it in, with changes; an empty text unticks a box."""
    pack = import_pack(session, pack_files(), START)
    session.commit()
    start = {"name": "Spring 2027", "template": "hiring-trial", "pack": pack.hash}
    typed = typed_rules(ProgrammeRules()) | start | changes
    return {name: value for name, value in typed.items() if value}


def test_a_manager_creates_a_programme_from_a_template(manager: Visitor, session: Session) -> None:
    answer = manager.post("/programmes/new", filled(session, cap_hours_week="25", rate="18,50"))

    programme = session.exec(select(Programme)).one()
    assert answer.status_code == 303
    assert programme.public_id in answer.headers["Location"]
    assert programme.rules["cap_hours_week"] == 25
    assert programme.rules["rate_cents"] == 1850
    assert session.exec(select(Rubric)).one().body["categories"][0]["name"] == "Solves the problem"


def test_the_form_begins_with_the_rules_of_the_chosen_template(manager: Visitor) -> None:
    page = manager.get("/programmes/new?template=support-rotation")

    assert page.status_code == 200
    assert 'name="length_days"' in page.text
    assert 'value="14"' in page.text
    assert "None of its own" in page.text


def test_errors_stand_beside_their_fields_and_nothing_is_lost(
    manager: Visitor, session: Session
) -> None:
    fields = filled(session, name="Kept name", cap_hours_week="45", chat="40")

    page = manager.post("/programmes/new", fields)

    assert page.status_code == 422
    assert 'id="f-cap_hours_week-error"' in page.text
    assert "Please choose 40 or fewer." in page.text
    assert 'value="Kept name"' in page.text
    assert session.exec(select(Programme)).first() is None


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("chat", "40", "The channels add up to 110%"),
        ("second_percent", "150", "Please enter a share from 0 to 100."),
        ("rate", "lots", "Please enter an amount"),
        ("currency", "euro", "three capital letters"),
        ("length_days", "three", "Please enter a whole number."),
        ("name", " ", "Please fill this in."),
        ("template", "no-such", "Please choose a template."),
        ("pack", "no-such", "Please choose a pack."),
    ],
)
def test_a_rule_out_of_range_is_refused_with_what_to_do(
    manager: Visitor, session: Session, field: str, value: str, message: str
) -> None:
    page = manager.post("/programmes/new", filled(session, **{field: value}))

    assert page.status_code == 422
    assert message in page.text


def test_second_languages_are_asked_for_by_ticking_them(manager: Visitor, session: Session) -> None:
    page = manager.get("/programmes/new").text

    answer = manager.post("/programmes/new", filled(session, language_it="1"))

    assert 'name="language_it"' in page
    assert "Italian" in page
    assert 'name="language_nl"' not in page
    assert session.exec(select(Programme)).one().rules["second_languages"] == ["it"]
    assert "Italian" in manager.get(answer.headers["Location"]).text


def test_no_second_language_is_asked_for_unless_ticked(manager: Visitor, session: Session) -> None:
    manager.post("/programmes/new", filled(session))

    assert session.exec(select(Programme)).one().rules["second_languages"] == []


def test_a_language_the_pack_does_not_have_is_refused(manager: Visitor, session: Session) -> None:
    page = manager.post("/programmes/new", filled(session, language_nl="1"))

    assert page.status_code == 422
    assert "Leafmoor has no customers who write Dutch." in page.text


def test_an_unpaid_programme_needs_no_rate(manager: Visitor, session: Session) -> None:
    manager.post("/programmes/new", filled(session, paid="", rate="nothing"))

    assert session.exec(select(Programme)).one().rules["paid"] is False


def test_the_same_form_sent_twice_makes_one_programme(manager: Visitor, session: Session) -> None:
    fields = filled(session, idempotency_key="pressed-twice")

    first, second = (manager.post("/programmes/new", fields) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert len(session.exec(select(Programme)).all()) == 1


def test_the_preview_says_what_the_rules_ask_and_stores_nothing(
    manager: Visitor, session: Session
) -> None:
    page = manager.post("/programmes/preview", filled(session, name="", cap_hours_week="10"))

    assert page.status_code == 200
    assert "within 10 hours" in page.text
    assert "€960.00" in page.text
    assert session.exec(select(Programme)).first() is None


def test_the_preview_waits_for_values_that_can_be_used(manager: Visitor, session: Session) -> None:
    page = manager.post("/programmes/preview", filled(session, cap_hours_week="many"))

    assert "The preview appears once every field holds a value" in page.text


def test_a_programme_shows_its_rules_scorecard_and_cohorts(
    manager: Visitor, session: Session, cast: Cast
) -> None:
    programme = a_programme(session, cast)
    session.commit()

    manager.post(
        f"/programmes/{programme.public_id}/cohorts",
        {"cohort_name": "Second of March", "starts_on": "2026-03-09"},
    )
    page = manager.get(f"/programmes/{programme.public_id}")

    assert "Second of March" in page.text
    assert "€24.00 an hour" in page.text
    assert "Kind and human" in page.text
    assert "What each level looks like" in page.text


@pytest.mark.parametrize(
    ("starts_on", "message"),
    [
        ("", "Please enter a date."),
        ("soon", "Please enter a date."),
        ((START - timedelta(days=1)).date().isoformat(), "Please choose today or a later day."),
    ],
)
def test_a_cohort_needs_a_first_day_that_is_still_to_come(
    manager: Visitor, session: Session, cast: Cast, starts_on: str, message: str
) -> None:
    programme = a_programme(session, cast)
    session.commit()

    page = manager.post(
        f"/programmes/{programme.public_id}/cohorts", {"cohort_name": "X", "starts_on": starts_on}
    )

    assert page.status_code == 422
    assert message in page.text
    assert session.exec(select(Cohort)).first() is None


def test_a_copy_begins_with_the_rules_of_the_other_programme(
    manager: Visitor, session: Session, cast: Cast
) -> None:
    programme = a_programme(session, cast, cap_hours_week=17)
    session.commit()

    page = manager.get(f"/programmes/new?copy={programme.public_id}")

    assert 'value="17"' in page.text
    assert "Spring trial, copy" in page.text


@pytest.mark.parametrize("who", ["zed", "mina", "cem", "hana"])
def test_programme_pages_do_not_exist_for_others(
    as_person: SignsIn, cast: Cast, session: Session, who: str
) -> None:
    programme = a_programme(session, cast)
    session.commit()
    other = as_person(getattr(cast, who))

    for path in (
        "/programmes",
        "/programmes/new",
        f"/programmes/{programme.public_id}",
        "/programmes/pr_222222222222",
        "/outbox",
    ):
        assert other.get(path).status_code == 404, path
    assert other.post("/programmes/new", filled(session)).status_code == 404
    assert other.post("/programmes/preview", filled(session)).status_code == 404
    assert other.post(f"/programmes/{programme.public_id}/cohorts").status_code == 404
