"""An audience as a manager makes it in chat: groups of ticks; all of a group must hold, any group will do.

The tree of conditions stays what is kept; this only finds its way in it, and changes one tick at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from hashlib import sha256
from typing import Any

from domain.errors import NotFound
from domain.segments import (
    EVERYBODY,
    AllOf,
    AnyOf,
    Bought,
    CityIn,
    Condition,
    GroupIn,
    InterestIn,
    KindIn,
    LastOrder,
    Node,
    Not,
    OpinionIn,
    Overdue,
    RouteIn,
    SavedList,
    SegmentIn,
    TagIn,
)

USUAL_DAYS = 30
VALUE_GROUPS = ("A", "B", "C", "D")
MOST_GROUPS = 4
"""More groups joined by «or» than that nobody can follow in a chat."""


class Criterion(StrEnum):
    """One button each on S5.3. What was bought and what was not are two of them."""

    KIND = "kind"
    GROUP = "grp"
    CITY = "city"
    ROUTE = "rt"
    NOT_BOUGHT = "nb"
    OVERDUE = "due"
    INTEREST = "int"
    SAVED = "list"
    BOUGHT = "bt"
    LAST_ORDER = "last"
    TAG = "tag"
    OPINION = "nps"
    CENTRES = "cg"


SETS: Mapping[Criterion, tuple[type[Any], str]] = {
    Criterion.KIND: (KindIn, "kinds"),
    Criterion.GROUP: (SegmentIn, "segments"),
    Criterion.CITY: (CityIn, "cities"),
    Criterion.ROUTE: (RouteIn, "route_ids"),
    Criterion.INTEREST: (InterestIn, "category_ids"),
    Criterion.TAG: (TagIn, "tags"),
    Criterion.OPINION: (OpinionIn, "opinions"),
    Criterion.CENTRES: (GroupIn, "group_ids"),
}
"""Those where some of several are chosen."""


def number_of(value: object) -> int:
    """A number for a text, so that a button can name it: buttons carry no text."""
    return int.from_bytes(sha256(str(value).encode()).digest()[:7], "big") + 1


def chosen_by(number: int, values: Iterable[str]) -> str:
    """The text that has this number, among those that can be chosen."""
    for value in values:
        if number_of(value) == number:
            return value
    raise NotFound


def groups_of(node: Node) -> tuple[AllOf, ...]:
    """The groups that are joined by «or»; there is always one."""
    if isinstance(node, AnyOf) and node.parts:
        return tuple(_group(each) for each in node.parts)
    return (_group(node),)


def _group(node: Node) -> AllOf:
    return node if isinstance(node, AllOf) else AllOf((node,))


def group_at(node: Node, position: int) -> AllOf:
    """That group; the one after the last is new and still says nothing."""
    groups = groups_of(node)
    if position == len(groups) < MOST_GROUPS:
        return EVERYBODY
    if position >= len(groups):
        raise NotFound
    return groups[position]


def part_for(group: AllOf, by: Criterion) -> Node | None:
    """What this group says there, as it stands in the tree."""
    return next((each for each in group.parts if criterion_of(each) is by), None)


def criterion_of(node: Node) -> Criterion | None:
    """Which button says that; None for what was not made with buttons."""
    is_not, condition = (True, node.part) if isinstance(node, Not) else (False, node)
    match condition:
        case Bought():
            return Criterion.NOT_BOUGHT if is_not else Criterion.BOUGHT
        case Overdue():
            return Criterion.OVERDUE
        case LastOrder():
            return Criterion.LAST_ORDER
        case SavedList():
            return Criterion.SAVED
        case AnyOf(parts):
            # Several saved lists are joined by «or».
            is_lists = bool(parts) and all(isinstance(each, SavedList) for each in parts)
            return Criterion.SAVED if is_lists else None
    kinds = {kind: by for by, (kind, _name) in SETS.items()}
    return kinds.get(type(condition))


def is_flipped(part: Node | None) -> bool:
    return isinstance(part, Not)


def condition_of(part: Node | None) -> Condition | AnyOf | AllOf | None:
    return _bare(part.part) if isinstance(part, Not) else _bare(part) if part is not None else None


def _bare(node: Node) -> Condition | AnyOf | AllOf | None:
    return None if isinstance(node, Not) else node


def values_of(part: Node | None, by: Criterion) -> frozenset[Any]:
    """What is ticked there: kinds, texts or ids."""
    condition = condition_of(part)
    if by is Criterion.SAVED:
        if isinstance(condition, SavedList):
            return frozenset({condition.segment_id})
        parts = condition.parts if isinstance(condition, AnyOf) else ()
        return frozenset(each.segment_id for each in parts if isinstance(each, SavedList))
    if condition is None or by not in SETS:
        return frozenset()
    found: frozenset[Any] = getattr(condition, SETS[by][1])
    return found


def bought_of(part: Node | None) -> Bought | None:
    condition = condition_of(part)
    return condition if isinstance(condition, Bought) else None


def days_of(part: Node | None) -> int | None:
    """The days that are said there."""
    match condition_of(part):
        case Bought(days=days) | LastOrder(days=days) | Overdue(more_than_days=days):
            return days
    return None
