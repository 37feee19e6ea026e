"""Mail texts: plain text from templates/email, without a request at hand."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from trialsim.paths import data_folder


def letter(name: str, **values: object) -> str:
    """Return the text of `templates/email/<name>.txt`; a name it misses raises UndefinedError."""
    return _environment().get_template(f"{name}.txt").render(values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(data_folder("templates") / "email"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 (plain text, never shown as a page)
    )
