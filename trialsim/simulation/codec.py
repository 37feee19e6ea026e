"""Values of the simulation to JSON and back, by their own annotations."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_json(value: object) -> Any:  # noqa: ANN401 (what json.dumps takes)
    """Return a value as dicts, lists and scalars; keys keep their order."""
    if isinstance(value, StrEnum):
        return value.value
    if is_dataclass(value):
        return {part.name: to_json(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_json(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [to_json(part) for part in value]
    return value


def from_json(kind: type[T], stored: object) -> T:
    """Return the value that `to_json` stored; fields it did not know take their defaults.

    Raises:
        TypeError: When the stored shape is not of this kind.
    """
    value = _read(kind, stored)
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} expected, found {type(value).__name__}")
    return value


def _read(hint: Any, stored: Any) -> Any:  # noqa: ANN401 (annotations and JSON are untyped)
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _read_union(get_args(hint), stored)
    if origin is tuple:
        return tuple(_read(get_args(hint)[0], part) for part in stored)
    if origin is not None:
        return {key: _read(get_args(hint)[1], part) for key, part in stored.items()}
    return _read_plain(hint, stored)


def _read_plain(hint: Any, stored: Any) -> Any:  # noqa: ANN401 (as above)
    if isinstance(hint, type) and is_dataclass(hint):
        hints = _hints(hint)
        known = {name: _read(hints[name], stored[name]) for name in hints if name in stored}
        return hint(**known)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(stored)
    if hint is float and stored is not None:
        return float(stored)
    return stored


def _read_union(hints: tuple[Any, ...], stored: Any) -> Any:  # noqa: ANN401 (as above)
    if isinstance(stored, list):
        return tuple(stored)
    if isinstance(stored, dict):
        return _read(next(hint for hint in hints if is_dataclass(hint)), stored)
    return stored


@lru_cache(maxsize=64)
def _hints(kind: Any) -> dict[str, Any]:  # noqa: ANN401 (any dataclass)
    return get_type_hints(kind)
