"""Reviews and tickets out of a sheet of comma-separated values, whoever wrote it.

Any of UTF-8, UTF-16 and Windows-1252, parted by commas, semicolons, tabs or bars, is understood.
What cannot be used is told with its line; what is left out is told as a warning, never silently.
"""

import csv
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from io import StringIO
from typing import Generic, TypeVar

from trialsim.kit.errors import Invalid
from trialsim.measurement.types import ReviewRow, TicketRow

Row = TypeVar("Row")
Value = TypeVar("Value")

MOST_BYTES = 50_000_000
_LONGEST_NAME = 200
_SEPARATORS = (",", ";", "\t", "|")
_REVIEW_COLUMNS = ("candidate", "scenario", "rater", "day", "score")
_TICKET_COLUMNS = (
    "candidate",
    "scenario",
    "day",
    "block",
    "hours",
    "par_minutes",
    "minutes",
    "outcome",
)
_KINDS = ("drawn", "rule", "picked")
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Row]):
    """The rows of one sheet, and what was left out of it."""

    rows: tuple[Row, ...]
    warnings: tuple[str, ...]


def reviews_of(name: str, content: bytes) -> Sheet[ReviewRow]:
    """Return the drawn reviews of a sheet `candidate,scenario,rater,day,score[,kind]`.

    Raises:
        Invalid: in one sentence with the line, when the sheet cannot be used.
    """
    lines, warnings = _lines(name, content, _REVIEW_COLUMNS)
    kinds = _values(name, lines, _kind)
    drawn = [line for line, kind in zip(lines, kinds, strict=True) if kind == "drawn"]
    if len(drawn) < len(lines):
        left = _count(len(lines) - len(drawn), "review")
        warnings.append(f"{name}: {left} picked by hand or by rule left out of every figure.")
    return Sheet(tuple(_values(name, drawn, _review)), tuple(warnings))


def tickets_of_sheet(name: str, content: bytes) -> Sheet[TicketRow]:
    """Return the tickets of a sheet with the columns of `TicketRow` up to the outcome.

    Raises:
        Invalid: in one sentence with the line, when the sheet cannot be used.
    """
    lines, warnings = _lines(name, content, _TICKET_COLUMNS)
    return Sheet(tuple(_values(name, lines, _ticket)), tuple(warnings))


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a sheet: its number from 1, and its values by column."""

    number: int
    values: Mapping[str, str]
    has_comma: bool  # a comma may stand for the decimal point

    def name(self, column: str) -> str:
        value = self.values[column]
        if not value:
            raise ValueError(f"{column} is empty; please fill it in")
        if len(value) > _LONGEST_NAME:
            raise ValueError(f"{column} is longer than {_LONGEST_NAME} characters")
        return value

    def number_of(self, column: str, low: float, high: float = math.inf) -> float:
        text = self.values[column]
        try:
            value = float(text.replace(",", ".") if self.has_comma else text)
        except ValueError:
            raise ValueError(f"{column} is “{text[:40]}”; please give a number") from None
        if not math.isfinite(value) or not low <= value <= high:
            wanted = f"{low:g} to {high:g}" if math.isfinite(high) else f"{low:g} or more"
            raise ValueError(f"{column} is {text[:40]}; please give {wanted}")
        return value


def _kind(line: _Line) -> str:
    kind = line.values.get("kind", "").lower() or "drawn"
    if kind not in _KINDS:
        raise ValueError(f"kind is “{kind[:40]}”; please give {', '.join(_KINDS)} or nothing")
    return kind


def _review(line: _Line) -> ReviewRow:
    return ReviewRow(
        line.name("candidate"),
        line.name("scenario"),
        line.name("rater"),
        line.number_of("day", 0),
        line.number_of("score", 0, 100),
    )


def _ticket(line: _Line) -> TicketRow:
    minutes, par = line.number_of("minutes", 0), line.number_of("par_minutes", 0)
    for column, value in (("minutes", minutes), ("par_minutes", par)):
        if value == 0:
            raise ValueError(f"{column} is 0; please give more than 0")
    return TicketRow(
        candidate=line.name("candidate"),
        scenario=line.name("scenario"),
        day=line.number_of("day", 0),
        block=line.values["block"],
        hours=line.number_of("hours", 0),
        par_minutes=par,
        minutes=minutes,
        outcome=line.number_of("outcome", 0, 100),
    )


def _values(name: str, lines: Sequence[_Line], read: Callable[[_Line], Value]) -> list[Value]:
    """Read every line; the first fault is told, and how many more lines have one."""
    found: list[Value] = []
    faults: list[str] = []
    for line in lines:
        try:
            found.append(read(line))
        except ValueError as error:
            faults.append(f"{name}, line {line.number}: {error}.")
    if faults:
        more = len(faults) - 1
        raise Invalid(faults[0] + (f" {_count(more, 'more line')} like it." if more else ""))
    return found


def _lines(name: str, content: bytes, columns: Sequence[str]) -> tuple[list[_Line], list[str]]:
    """Return the lines below the titles, equal ones once, and what is to be told about that."""
    text = _text(name, content)
    separator, titles = _titles(name, text, columns)
    lines: list[_Line] = []
    seen: dict[tuple[str, ...], int] = {}
    repeated: list[int] = []
    for number, cells in _rows(name, text, separator):
        if len(cells) != len(titles):
            raise Invalid(
                f"{name}, line {number}: it has {len(cells)} values and the titles are "
                f"{len(titles)}; please part them alike."
            )
        if seen.setdefault(tuple(cells), number) != number:
            repeated.append(number)
            continue
        values = {title: cell.strip() for title, cell in zip(titles, cells, strict=True)}
        lines.append(_Line(number, values, separator != ","))
    warnings = []
    if repeated:
        many = _count(len(repeated), "line")
        warnings.append(
            f"{name}: {many} say the same as an earlier one and count once "
            f"(the first is line {repeated[0]})."
        )
    return lines, warnings


def _rows(name: str, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        next(reader)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise Invalid(f"{name}, line {reader.line_num}: {error}.") from error


def _text(name: str, content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise Invalid(f"{name} is larger than {MOST_BYTES // 1_000_000} MB; please split it.")
    encoding = next((code for mark, code in _MARKS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text:
        raise Invalid(f"{name} is no text; please save the sheet as CSV.")
    if not text.strip():
        raise Invalid(f"{name} is empty; please give titles and a line for each row.")
    return text


def _titles(name: str, text: str, columns: Sequence[str]) -> tuple[str, list[str]]:
    """Return the separator and the titles: the ones under which most columns are known."""
    first = text.lstrip("\r\n").splitlines()[0]
    readings = {
        separator: [
            title.strip().lower() for title in next(csv.reader([first], delimiter=separator))
        ]
        for separator in _SEPARATORS
    }
    separator = max(_SEPARATORS, key=lambda one: len({*readings[one]} & {*columns}))
    titles = readings[separator]
    missing = [column for column in columns if column not in titles]
    if missing:
        raise Invalid(f"{name}: {_missing(missing, titles)}")
    twice = next((title for title in titles if titles.count(title) > 1), None)
    if twice is not None:
        raise Invalid(f"{name}: the column “{twice}” stands there twice; please keep one.")
    return separator, titles


def _missing(missing: Sequence[str], titles: Sequence[str]) -> str:
    near = get_close_matches(missing[0], titles, 1)
    hint = f" Is “{near[0]}” meant for {missing[0]}?" if near else ""
    return f"the first line lacks {_and(missing)}; it has {_and(titles[:12])}.{hint}"


def _and(names: Sequence[str]) -> str:
    quoted = [f"“{name[:40]}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
