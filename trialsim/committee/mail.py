"""Mail texts of the committee: they say that something is there, never what it says."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from trialsim.paths import data_folder


def mail_text(name: str, **values: object) -> str:
    """Return the text of `templates/email/committee/<name>.txt`."""
    return _environment().get_template(f"{name}.txt").render(values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(data_folder("templates") / "email" / "committee"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 (plain text, never shown as a page)
    )
