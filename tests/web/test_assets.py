"""Style sheets, modules and icons are served under names that follow their content."""

import gzip
import os
from pathlib import Path

import pytest
from flask import Flask

from trialsim.paths import data_folder
from trialsim.web import assets, icons


@pytest.fixture
def static_dir(tmp_path: Path) -> Path:
    for name, text in {
        "css/tokens.css": "@layer tokens, utilities;",
        "css/utilities.css": "@layer utilities { .a { margin: 0 } }",
        "css/components/button.css": "@layer components { .btn { margin: 0 } }",
        "js/app.js": 'import "./components/menu.js";',
        "js/components/menu.js": "export {};" + " " * 2_000,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def serving(static_dir: Path, *, watch: bool = False) -> Flask:
    app = Flask("assets", static_folder=None)
    app.config["TEMPLATES_AUTO_RELOAD"] = watch
    assets.init_app(app, static_dir)
    return app


def url(app: Flask, name: str) -> str:
    found: str = app.jinja_env.globals["asset"](name)  # type: ignore[operator]  # untyped by Jinja
    return found


def test_sheets_are_joined_in_layer_order(static_dir: Path) -> None:
    css = assets.style_sheet(static_dir).decode()

    assert css.index("tokens,") < css.index(".btn") < css.index(".a {")


def test_a_changed_sheet_gets_a_new_address_and_leaves_modules_alone(static_dir: Path) -> None:
    before = assets.build(static_dir).by_name
    (static_dir / "css/utilities.css").write_text("@layer utilities { .b { margin: 0 } }")
    after = assets.build(static_dir).by_name

    assert before["app.css"].url != after["app.css"].url
    assert before["js/app.js"].url == after["js/app.js"].url


def test_a_relative_import_of_a_module_finds_its_neighbour(static_dir: Path) -> None:
    app = serving(static_dir)
    neighbour = url(app, "js/app.js").replace("app.js", "components/menu.js")

    answer = app.test_client().get(neighbour)

    assert answer.status_code == 200
    assert answer.mimetype == "text/javascript"


def test_the_current_name_may_be_kept_for_a_year(static_dir: Path) -> None:
    app = serving(static_dir)

    answer = app.test_client().get(url(app, "app.css"))

    assert "immutable" in answer.headers["Cache-Control"]


def test_an_old_name_gets_the_current_sheet_but_is_not_kept(static_dir: Path) -> None:
    app = serving(static_dir)

    answer = app.test_client().get("/static/app-000000000000.css")

    assert answer.data == assets.style_sheet(static_dir)
    assert answer.headers["Cache-Control"] == "no-cache"


def test_large_files_travel_compressed_to_those_who_accept_it(static_dir: Path) -> None:
    app = serving(static_dir)
    address = url(app, "js/components/menu.js")

    plain = app.test_client().get(address)
    zipped = app.test_client().get(address, headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data


def test_development_reads_a_changed_file_again(static_dir: Path) -> None:
    app = serving(static_dir, watch=True)
    before = url(app, "app.css")
    sheet = static_dir / "css/utilities.css"
    sheet.write_text("@layer utilities { .c { margin: 0 } }")
    os.utime(sheet, ns=(1, sheet.stat().st_mtime_ns + 1_000_000))

    assert url(app, "app.css") != before


def test_an_unknown_name_is_refused_in_templates_and_missing_on_the_web(static_dir: Path) -> None:
    app = serving(static_dir)

    with pytest.raises(assets.UnknownAssetError):
        url(app, "js/none.js")
    assert app.test_client().get("/static/0/../css/tokens.css").status_code == 404


def test_the_product_has_its_sheet_htmx_and_modules() -> None:
    names = assets.build(data_folder("static")).by_name

    assert {"app.css", "htmx.js", "js/app.js", "icons/mark.svg"} <= names.keys()
    assert b'"2.0.' in names["htmx.js"].body


def test_the_style_sheet_stays_within_its_budget() -> None:
    assert assets.style_sheet(data_folder("static")).count(b"\n") <= 2_500


def test_every_style_sheet_belongs_to_the_joined_one() -> None:
    folder = data_folder("static") / "css"
    joined = assets.style_sheet(data_folder("static"))

    assert [path.name for path in folder.rglob("*.css") if path.read_bytes() not in joined] == []


def test_every_icon_exists_and_is_hidden_from_screen_readers() -> None:
    for name in icons.NAMES:
        drawn = icons.icon(name)
        assert 'aria-hidden="true"' in drawn
        assert "<path" in drawn


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(icons.UnknownIconError):
        icons.icon("unicorn")
