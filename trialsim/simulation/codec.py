"""Values of the simulation to JSON and back, by their own annotations.

Tickets are read and written at every step, so the way through each kind is worked out once.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Read = Callable[[Any], Any]
_PLAIN = (str, int, float, bool, type(None))


def to_json(value: object) -> Any:  # noqa: ANN401 (what json.dumps takes)
    """Return a value as dicts, lists and scalars; keys keep their order."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if isinstance(value, StrEnum):
        return value.value
    names = _names(kind)
    if names:
        return {name: to_json(getattr(value, name)) for name in names}
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
    value = _reader(kind)(stored)
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} expected, found {type(value).__name__}")
    return value


_known_names: dict[type, tuple[str, ...]] = {}


def _names(kind: type) -> tuple[str, ...]:
    if kind not in _known_names:
        parts = fields(kind) if is_dataclass(kind) else ()
        _known_names[kind] = tuple(part.name for part in parts)
    return _known_names[kind]


_readers: dict[Any, Read] = {}


def _reader(hint: Any) -> Read:  # noqa: ANN401 (annotations are untyped)
    if hint not in _readers:
        _readers[hint] = _made_reader(hint)
    return _readers[hint]


def _made_reader(hint: Any) -> Read:  # noqa: ANN401 (as above)
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _union_reader(inner)
    if origin is tuple:
        return _tuple_reader(inner[0])
    if origin is not None:
        return _mapping_reader(inner[1])
    if isinstance(hint, type) and is_dataclass(hint):
        return _dataclass_reader(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return _float if hint is float else _same


def _tuple_reader(hint: Any) -> Read:  # noqa: ANN401 (as above)
    read = _reader(hint)
    return lambda stored: tuple([read(part) for part in stored])


def _mapping_reader(hint: Any) -> Read:  # noqa: ANN401 (as above)
    read = _reader(hint)
    return lambda stored: {key: read(part) for key, part in stored.items()}


def _dataclass_reader(kind: Any) -> Read:  # noqa: ANN401 (any dataclass)
    hints = get_type_hints(kind)
    readers = [(name, _reader(hint)) for name, hint in hints.items()]

    def read(stored: Any) -> Any:  # noqa: ANN401 (as above)
        return kind(**{name: part(stored[name]) for name, part in readers if name in stored})

    return read


def _union_reader(hints: tuple[Any, ...]) -> Read:
    kind = next((hint for hint in hints if is_dataclass(hint)), None)
    inner = _reader(kind) if kind is not None else None

    def read(stored: Any) -> Any:  # noqa: ANN401 (as above)
        if isinstance(stored, list):
            return tuple(stored)
        if isinstance(stored, dict) and inner is not None:
            return inner(stored)
        return stored

    return read


def _float(stored: Any) -> Any:  # noqa: ANN401 (as above)
    return stored if stored is None else float(stored)


def _same(stored: Any) -> Any:  # noqa: ANN401 (as above)
    return stored
