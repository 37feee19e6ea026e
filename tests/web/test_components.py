"""The style guide shows every component: strict names, no inline code, ids used once."""

import re
from pathlib import Path

import pytest
from flask import Flask, render_template
from jinja2 import StrictUndefined

from trialsim.paths import data_folder
from trialsim.web import assets, icons
from trialsim.web.charts.examples import examples

TEMPLATES = data_folder("templates")
STATUSES = (400, 403, 404, 409, 413, 429, 500, 503)


@pytest.fixture(scope="module")
def app() -> Flask:
    app = Flask("components", static_folder=None, template_folder=str(TEMPLATES))
    app.secret_key = "only for flashed messages in this test"  # noqa: S105 (guards nothing)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals["csrf_token"] = lambda: "token-of-this-page"
    assets.init_app(app, data_folder("static"))
    icons.init_app(app)
    return app


@pytest.fixture(scope="module")
def guide(app: Flask) -> str:
    with app.test_request_context():
        return render_template("styleguide/index.html", charts=examples())


def test_every_component_is_shown_in_the_style_guide() -> None:
    pages = "".join(page.read_text() for page in (TEMPLATES / "styleguide").glob("*.html"))
    pages += "".join(page.read_text() for page in (TEMPLATES / "layouts").glob("*.html"))

    macros = [path.name for path in (TEMPLATES / "components").glob("*.html")]

    assert [name for name in macros if f'"components/{name}"' not in pages] == []


def test_no_template_of_the_shell_holds_inline_style_or_code() -> None:
    inline = re.compile(r"\sstyle=|\son[a-z]+=|javascript:|<style|<script(?![^>]*\ssrc=)")
    folders = ("layouts", "components", "errors", "styleguide")
    pages = [page for folder in folders for page in (TEMPLATES / folder).glob("*.html")]

    assert [page.name for page in pages if inline.search(page.read_text())] == []


def test_ids_on_the_style_guide_are_used_once(guide: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', guide)

    assert sorted(ids) == sorted(set(ids))


def test_every_reference_between_elements_finds_its_element(guide: str) -> None:
    ids = set(re.findall(r'\sid="([^"]+)"', guide))
    pattern = r'(?:\sfor|aria-labelledby|aria-describedby|popovertarget|data-focus)="([^"]+)"'
    wanted = {name for group in re.findall(pattern, guide) for name in group.split()}

    assert wanted <= ids


def test_every_form_that_changes_something_carries_the_token(guide: str) -> None:
    forms = re.findall(r'<form[^>]*method="post".*?</form>', guide, re.DOTALL)

    assert len(forms) >= 4
    assert all('name="csrf_token" value="token-of-this-page"' in form for form in forms)


def test_a_field_ties_its_hint_and_error_to_the_control(app: Flask) -> None:
    page = app.jinja_env.from_string(
        '{% from "components/field.html" import text %}'
        '{{ text("hours", "Hours", hint="A week", error="Please choose 40 or fewer.") }}'
    )

    with app.app_context():
        drawn = page.render()

    assert 'aria-describedby="f-hours-hint f-hours-error"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_a_password_is_never_sent_back(app: Flask) -> None:
    page = app.jinja_env.from_string(
        '{% from "components/field.html" import password %}{{ password("secret", "Password") }}'
    )

    with app.app_context():
        assert 'value=""' in page.render()


@pytest.mark.parametrize("status", STATUSES)
def test_an_error_page_gives_back_what_was_typed_as_text(app: Flask, status: int) -> None:
    with app.test_request_context():
        page = render_template(f"errors/{status}.html", typed={"reply": "<b>Hi</b>"})

    assert "&lt;b&gt;Hi&lt;/b&gt;" in page


@pytest.mark.parametrize("status", STATUSES)
def test_an_error_page_needs_nothing_but_itself(app: Flask, status: int) -> None:
    with app.test_request_context():
        page = render_template(f"errors/{status}.html")

    assert page.count("<h1>") == 1


def test_a_chart_prints_in_colour_without_the_style_sheet(guide: str) -> None:
    marks = re.findall(r"<(?:path|circle|rect|line|text) class=\"g-[^>]+>", guide)

    assert len(marks) > 100
    assert all(" fill=" in mark or " stroke=" in mark for mark in marks)


def test_modules_stay_small() -> None:
    long = [
        path.name
        for path in (data_folder("static") / "js").rglob("*.js")
        if path.read_text().count("\n") > 100
    ]

    assert long == []


def test_modules_import_only_files_that_exist() -> None:
    missing = [
        f"{path.name}: {name}"
        for path in (data_folder("static") / "js").rglob("*.js")
        for name in re.findall(r'from "(\.[^"]+)"', path.read_text())
        if not Path(path.parent, name).resolve().is_file()
    ]

    assert missing == []
