"""Size budgets: a file or function that passes them is hiding a noun."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE_LINES = 300
FUNCTION_LINES = 50
TEMPLATE_LINES = 170
STYLE_LINES = 2500
SCRIPT_LINES = 100


def sources() -> Iterator[Path]:
    for path in sorted((ROOT / "trialsim").rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def test_source_files_keep_to_their_budget() -> None:
    too_long = [str(path.relative_to(ROOT)) for path in sources() if lines(path) > FILE_LINES]

    assert too_long == []


def test_functions_keep_to_their_budget() -> None:
    too_long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > FUNCTION_LINES
    ]

    assert too_long == []


def test_templates_keep_to_their_budget() -> None:
    pages = [
        path for path in (ROOT / "templates").rglob("*.html") if "styleguide" not in path.parts
    ]
    too_long = [str(path.relative_to(ROOT)) for path in pages if lines(path) > TEMPLATE_LINES]

    assert too_long == []


def test_style_sheets_keep_to_their_budget_in_all() -> None:
    assert sum(lines(path) for path in (ROOT / "static/css").rglob("*.css")) <= STYLE_LINES


def test_scripts_stay_small_and_few() -> None:
    too_long = [
        path.name for path in (ROOT / "static/js").rglob("*.js") if lines(path) > SCRIPT_LINES
    ]

    assert too_long == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sources()
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []
