"""Where a request comes from: a proxy in front is believed only when the operator says so."""

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.cast import Cast
from tests.visitor import Visitor
from trialsim.accounts.models import WrongPassword
from trialsim.app import create_app
from trialsim.config import Settings, SettingsInvalid, load
from trialsim.kit.clock import MovableClock


@pytest.mark.parametrize(("trusted", "addresses"), [(0, 1), (1, 2)])
def test_wrong_passwords_count_by_the_visitors_own_address(
    settings: Settings,
    engine: Engine,
    clock: MovableClock,
    cast: Cast,
    trusted: int,
    addresses: int,
) -> None:
    chosen = settings.with_changes(trusted_proxies=trusted)
    visitor = Visitor(create_app(chosen, engine=engine, clock=clock))
    form = {"email": cast.zed.email, "password": "not this one at all"}

    for came_from in ("203.0.113.7", "203.0.113.8"):
        visitor.client.environ_base["HTTP_X_FORWARDED_FOR"] = came_from
        visitor.post("/sign-in", form)

    with Session(engine) as session:
        seen = {row.address_hash for row in session.exec(select(WrongPassword))}
    assert len(seen) == addresses


def test_setting_that_is_no_number_is_refused(tmp_path: object) -> None:
    with pytest.raises(SettingsInvalid, match="whole number"):
        load({"TRIALSIM_HOME": str(tmp_path), "TRIALSIM_TRUSTED_PROXIES": "one"})
