"""Mail texts: plain text from templates/email, without a request at hand."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from trialsim.paths import data_folder


def mail_text(name: str, **values: object) -> str:
    """Return a template such as `email/programmes/added.txt`, filled; a missing value raises."""
    return _environment().get_template(name).render(values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(data_folder("templates")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 (plain text, never shown as a page)
    )
