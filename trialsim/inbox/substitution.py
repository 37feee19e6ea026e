"""Variables in saved texts: plain substitution with fallbacks, never a template language."""

import re
from collections.abc import Mapping

_VARIABLE = re.compile(r"\{(\w{1,40})(?:\|([^{}]{0,200}))?\}")


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its variables filled; one without a value shows its fallback, or [name].

    What is put in is not looked at again, so a value that looks like a variable stays as it is.
    """

    def value(found: re.Match[str]) -> str:
        name, fallback = found.group(1), found.group(2)
        return values.get(name) or (fallback if fallback is not None else f"[{name}]")

    return _VARIABLE.sub(value, text)


def missing(text: str, values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the variables that have neither a value nor a fallback, in order, each once."""
    names = (
        found.group(1)
        for found in _VARIABLE.finditer(text)
        if found.group(2) is None and not values.get(found.group(1))
    )
    return tuple(dict.fromkeys(names))


def folder_of(name: str) -> str:
    """Return what stands before the first slash of a name, or nothing."""
    folder, slash, _ = name.partition("/")
    return folder.strip() if slash else ""
