"""Pages that are kept as one file: the style lies inside and nothing is fetched."""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from trialsim.paths import data_folder
from trialsim.web import filters
from trialsim.web.assets import SHEETS

_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def page(template: str, **context: object) -> str:
    """Return a template that extends `layouts/standalone.html` as a whole HTML file."""
    env = Environment(
        loader=FileSystemLoader(data_folder("templates")),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["plural"] = filters.plural
    return env.get_template(template).render(sheet=_sheet(), **context)


def _sheet() -> Markup:
    folder = data_folder("static") / "css"
    texts = [
        path.read_text(encoding="utf-8") for name in SHEETS for path in _matching(folder, name)
    ]
    return Markup("<style>{}</style>").format(Markup(_COMMENT.sub("", "\n".join(texts))))  # noqa: S704 (our own files)


def _matching(folder: Path, name: str) -> list[Path]:
    return sorted(folder.glob(name))
