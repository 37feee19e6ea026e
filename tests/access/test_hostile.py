"""Whatever is sent to any form, address or query is answered, and nothing of it comes alive."""

from collections.abc import Callable, Iterator, Mapping
from time import process_time
from urllib.parse import urlencode

import pytest
from werkzeug.test import TestResponse

from tests.access.crawl import crawl
from tests.access.table import BALLOT, MESSAGE, PEOPLE, READING, ROWS, Row
from tests.cast import Cast
from tests.factories.world import Side, World
from tests.visitor import Visitor
from trialsim.accounts.models import Person

SignsIn = Callable[[Person], Visitor]
LIVE = ("<script>zq", "<img src=zq", "<b zq", 'href="javascript:')
MARKUP = "\"'><img src=zq onerror=zq><script>zq()</script><b zq>[x](javascript:zq)"
SHOWN = "&lt;script&gt;zq"
NUMBER = "9223372036854775808"
BYTES = b"a\0b\xed\xa0\x80".decode("utf-8", "surrogateescape")  # a NUL byte, half a character
ALONE = {"markup": MARKUP, "a huge number": NUMBER, "broken bytes": BYTES}
TOGETHER = {**ALONE, "a negative number": "-1", "a long text": "x" * 5000, "nothing": ""}
# Fields beyond those that the table sends, so that every field of every form is tried.
MORE: Mapping[str, Mapping[str, str]] = {
    "/sign-in": {"email": "a@b.example", "password": "p", "kept_target": "/", "kept.reply": "x"},
    "/account/preferences": {"name": "N", "zone": "UTC", "shortcuts_on": "yes"},
    "/trials/<pid:pid>/terms": {
        "weekdays": "1",
        "day_starts": "09:00",
        "day_ends": "13:00",
        "zone": "UTC",
        "version": "3",
        "agreed": "yes",
    },
    "/trials/<pid:pid>/clock": {"kind": "tickets", "next": "/desk"},
    "/trials/<pid:pid>/clock/out": {"next": "/desk"},
    "/tickets/<pid:public_id>/messages": {**MESSAGE, "version": "1", "idempotency_key": "k"},
    "/tickets/<pid:public_id>/macros": {**MESSAGE, "macro": "hello"},
    "/tickets/<pid:public_id>/actions": {"action": "refund", "record": "x", "param.amount": "1"},
    "/trials/<pid:pid>/room/posts": {
        "kind": "question",
        "body": "Why?",
        "ticket": "",
        "next": "/room",
    },
    "/trials/<pid:pid>/room/updates": {"done": "x", "stuck": "x", "coming": "x", "next": "/room"},
    "/trials/<pid:pid>/room/hand-overs": {"body": "x", "next": "/room"},
    "/reviews/<pid:public_id>": {
        "version": "2",
        "do": "submit",
        "comment": "c",
        "solves": "3",
        "solves.comment": "c",
        "solves.quote": "q",
        "solves.cause": "c",
        "failure": "privacy",
        "failure_quote": "q",
        "failure_reason": "r",
    },
    "/trials/<pid:pid>/statement": {"recommendation": "yes", "body": "Calm."},
    "/packets/<pid:pid>/votes": {**BALLOT, "version": "0"},
    "/packets/<pid:pid>/decision": {
        "outcome": "hire",
        "reasons": "r",
        "evidence": "C1",
        "question": "q",
        "dissent": "d",
        "version": "0",
    },
    "/packets/<pid:pid>/letter": {
        "strengths": "s",
        "gaps": "g",
        "evidence": "C1",
        "try_again": "t",
    },
    "/programmes/new": {
        "name": "n",
        "template": "hiring-trial",
        "pack": "0" * 64,
        "rate": "24.00",
        "currency": "EUR",
        "forum": "100",
        "length_days": "28",
    },
    "/programmes/preview": {"rate": "24.00", "forum": "100"},
    "/cohorts/<pid:pid>/members": {"email": "n@example.org", "name": "Nel", "role": "mentor"},
}
FINAL = {"/sign-out", "/account/sessions", "/cohorts/<pid:pid>/closing"}
SLOW = 5.0  # seconds: no machine is that busy
QUERY = ("q", "channel", "view", "page", "next", "template", "copy", "format", "sort")
IDS = ("9223372036854775808", "-1", "0", "a%00b", "%ED%A0%80", "tr_%32" * 3, "x" * 3000, "..;a")


@pytest.fixture
def writers(as_person: SignsIn, cast: Cast) -> dict[str, Visitor]:
    return {role: as_person(getattr(cast, name)) for role, name in PEOPLE.items()}


def best(row: Row) -> str:
    """The role that comes furthest with a row."""
    return min(row.own, key=lambda role: row.own[role])


def encoded(fields: Mapping[str, str]) -> str:
    """Return fields as a browser with bad manners would send them, byte for byte."""
    return urlencode(fields, errors="surrogateescape")


def test_no_form_breaks_on_hostile_fields(writers: dict[str, Visitor], world: World) -> None:
    rows = [row for row in ROWS if row.method == "POST" and row.rule not in FINAL]

    wrong = [line for row in rows for line in _wrong(writers[best(row)], row, world.own)]
    pages = {
        path: text
        for role in ("own", "mentor", "manager")
        for path, text in crawl(writers[role], world.own, at_most=45).items()
    }

    assert not wrong, "\n".join(wrong)
    assert len(pages) > 60
    assert [path for path, text in pages.items() if SHOWN in text]
    assert [path for path, text in pages.items() if any(one in text for one in LIVE)] == []


def _text(answer: TestResponse) -> str:
    """What was answered; a file may hold any bytes."""
    return answer.get_data().decode(errors="replace")


def _wrong(visitor: Visitor, row: Row, side: Side) -> Iterator[str]:
    whole = dict(MORE.get(row.rule, row.form))
    forms = {
        f"{field} = {name}": {**whole, field: value}
        for name, value in ALONE.items()
        for field in whole
    }
    forms |= {name: dict.fromkeys(whole, value) for name, value in TOGETHER.items()}
    for name, form in forms.items():
        begins = process_time()
        answer = visitor.client.post(
            row.address(side),
            data=encoded({"csrf_token": visitor.token(), **form}),
            content_type="application/x-www-form-urlencoded",
        )
        if answer.status_code >= 500:
            yield f"{row.rule} with {name}: {answer.status_code}"
        if any(one in _text(answer) for one in LIVE):
            yield f"{row.rule} with {name}: live"
        if process_time() - begins > SLOW:
            yield f"{row.rule} with {name}: slow"


def test_no_page_breaks_on_a_hostile_query(writers: dict[str, Visitor], world: World) -> None:
    values = [*TOGETHER.values(), "9" * 5000]
    wrong = []
    for row in READING:
        for value in values:
            answer = writers[best(row)].client.get(
                row.address(world.own), query_string=encoded(dict.fromkeys(QUERY, value))
            )
            text = _text(answer)
            if answer.status_code >= 500 or any(one in text for one in LIVE):
                wrong.append(f"{row.rule}?…={value[:30]!r}: {answer.status_code}")

    assert not wrong, "\n".join(wrong)


def test_hostile_ids_are_nothing(writers: dict[str, Visitor]) -> None:
    paths = {
        (best(row), row.path.replace(part, "{}"), row.method)
        for row in ROWS
        if row.has_object
        for part in row.path.split("/")
        if part.startswith("{")
    }

    found = {
        (path, one): writers[role].client.open(path.format(one), method="GET").status_code
        for role, path, method in paths
        for one in IDS
        if method == "GET" and path.count("{") == 1
    }

    assert len(found) > 100
    assert {where: status for where, status in found.items() if status != 404} == {}
