from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.cast import PASSWORD, Cast
from tests.visitor import Visitor
from trialsim.accounts.models import Person, SignIn
from trialsim.kit.clock import MovableClock

SignsIn = Callable[[Person], Visitor]


def test_right_password_opens_the_account_page(as_person: SignsIn, cast: Cast) -> None:
    page = as_person(cast.zed).get("/account")

    assert page.status_code == 200
    assert "zed@example.org" in page.text


def test_signed_out_person_is_led_to_sign_in_and_back(visitor: Visitor, cast: Cast) -> None:
    away = visitor.get("/account")
    back = visitor.post(away.location, {"email": cast.zed.email, "password": PASSWORD})

    assert away.location == "/sign-in?next=/account"
    assert back.location == "/account"


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil.example", "/\tx", "javascript:x"]
)
def test_sign_in_never_leads_off_site(visitor: Visitor, cast: Cast, target: str) -> None:
    answer = visitor.client.post(
        "/sign-in",
        query_string={"next": target},
        data={
            "csrf_token": _token(visitor),
            "email": cast.zed.email,
            "password": PASSWORD,
        },
    )

    assert answer.location == "/"


def test_copied_cookie_is_dead_after_sign_out(as_person: SignsIn, cast: Cast) -> None:
    owner = as_person(cast.zed)
    copied = owner.client.get_cookie("trialsim")
    assert copied is not None
    owner.post("/sign-out")

    owner.client.set_cookie("trialsim", copied.value)

    assert owner.get("/account").status_code == 303


def test_session_ends_when_idle(as_person: SignsIn, cast: Cast, clock: MovableClock) -> None:
    owner = as_person(cast.zed)

    clock.move(timedelta(hours=13))

    assert owner.get("/account").status_code == 303


def test_used_session_lives_on_past_the_idle_time(
    as_person: SignsIn, cast: Cast, clock: MovableClock
) -> None:
    owner = as_person(cast.zed)

    for _ in range(3):
        clock.move(timedelta(hours=8))
        assert owner.get("/account").status_code == 200


def test_form_sent_after_a_quiet_while_is_saved(
    as_person: SignsIn, cast: Cast, clock: MovableClock
) -> None:
    owner = as_person(cast.zed)
    clock.move(timedelta(hours=8))

    owner.post("/account/preferences", {"name": "Zed", "zone": "Asia/Tokyo"})
    clock.move(timedelta(hours=8))

    assert 'value="Asia/Tokyo" selected' in " ".join(owner.get("/account").text.split())


def test_wrong_password_and_unknown_address_look_alike(visitor: Visitor, cast: Cast) -> None:
    wrong = visitor.post("/sign-in", {"email": cast.zed.email, "password": "not this one at all"})
    unknown = visitor.post("/sign-in", {"email": "no@example.org", "password": "not this one"})

    assert wrong.status_code == unknown.status_code == 422
    assert "do not fit together" in wrong.text
    assert "do not fit together" in unknown.text


def test_wrong_passwords_cost_growing_time_and_lock_nobody_else(
    visitor: Visitor, cast: Cast, clock: MovableClock
) -> None:
    for _ in range(5):
        visitor.post("/sign-in", {"email": cast.zed.email, "password": "not this one at all"})

    blocked = visitor.post("/sign-in", {"email": cast.zed.email, "password": PASSWORD})
    other = visitor.post("/sign-in", {"email": cast.cem.email, "password": PASSWORD})
    clock.move(timedelta(seconds=11))
    visitor.reopens_page()
    later = visitor.post("/sign-in", {"email": cast.zed.email, "password": PASSWORD})

    assert blocked.status_code == 429
    assert int(blocked.headers["Retry-After"]) <= 11
    assert other.status_code == 303
    assert later.status_code == 303


def test_deactivated_person_is_out_at_once(
    as_person: SignsIn, cast: Cast, session: Session, clock: MovableClock
) -> None:
    owner = as_person(cast.zed)
    person = session.get(Person, cast.zed.id)
    assert person is not None
    person.deactivated_at = clock.now()
    session.commit()

    assert owner.get("/account").status_code == 303
    assert (
        owner.post("/sign-in", {"email": cast.zed.email, "password": PASSWORD}).status_code == 422
    )


def test_session_secret_is_stored_as_a_hash_alone(
    as_person: SignsIn, cast: Cast, session: Session
) -> None:
    owner = as_person(cast.zed)
    with owner.client.session_transaction() as cookie:
        secret = cookie["_user_id"]

    hashes = [row.token_hash for row in session.exec(select(SignIn))]

    assert secret not in hashes
    assert all(len(one) == 64 for one in hashes)


def _token(visitor: Visitor) -> str:
    page = visitor.get("/sign-in").text
    return page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]
