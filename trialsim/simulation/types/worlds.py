"""A company's world: kinds of record, desk actions and policy clauses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from trialsim.simulation.types.values import Value


class FieldType(StrEnum):
    """What a field of a record holds."""

    TEXT = "text"
    NUMBER = "number"
    BOOL = "bool"
    DATE = "date"
    MONEY = "money"
    CHOICE = "choice"
    LIST = "list"


class Comparison(StrEnum):
    """How a field is compared."""

    EQUALS = "equals"
    NOT = "not"
    IN = "in"
    HAS = "has"
    LACKS = "lacks"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    DAYS_AGO_AT_LEAST = "days_ago_at_least"
    DAYS_AGO_AT_MOST = "days_ago_at_most"


class ChangeKind(StrEnum):
    """How a field is changed."""

    PUT = "put"
    ADD = "add"
    REMOVE = "remove"


class Rule(StrEnum):
    """What a policy clause says about what it guards."""

    ALLOW = "allow"
    NEED = "need"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind of record, or one parameter of a desk action.

    `shown` is True, False, or the action that uncovers it. `draw` is what the author wrote:
    "domain", a pair of numbers (money, number) or a pair of day offsets such as -300 and -1.
    """

    name: str
    type: FieldType
    values: tuple[str, ...] = ()
    default: Value = None
    shown: bool | str = True
    draw: str | tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record; `each` is how many a drawn customer has, both ends included."""

    name: str
    belongs_to: str | None
    each: tuple[int, int]
    fields: Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class FieldTest:
    """One comparison of one field; several on a field must all hold."""

    kind: Comparison
    value: Value


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one field; text values may hold `{slot}` and `{param}`."""

    kind: ChangeKind
    value: Value


Tests: TypeAlias = Mapping[str, tuple[FieldTest, ...]]
Changes: TypeAlias = Mapping[str, Change]


@dataclass(frozen=True, slots=True)
class Condition:
    """Tests on the record acted on, and on the records it belongs to, by kind."""

    own: Tests = field(default_factory=dict)
    above: Mapping[str, Tests] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActionOutcome:
    """What a desk action does when its condition holds; `above` changes records it belongs to."""

    when: Condition
    change: Changes
    tells: str
    above: Mapping[str, Changes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeskAction:
    """A button on the desk that acts on one record; the first outcome whose `when` holds counts."""

    id: str
    label: str
    on: str
    params: Mapping[str, Field]
    requires: Condition
    outcomes: tuple[ActionOutcome, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One policy clause, named `<document>.<anchor>`."""

    id: str
    rule: Rule
    guards: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    when: Condition = field(default_factory=Condition)
    params: Mapping[str, Value] = field(default_factory=dict)
    overrides: tuple[str, ...] = ()
    critical: bool = False
