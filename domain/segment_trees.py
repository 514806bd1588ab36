"""What is done with segments: reading them aloud, adding to them, putting saved lists in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from domain.segments import (
    FACETS,
    AllOf,
    AnyOf,
    Bought,
    Condition,
    Facet,
    LastOrder,
    Node,
    Not,
    Overdue,
    SavedList,
    SegmentRefused,
)

MOST_NODES = 60
MOST_DEPTH = 8
"""A tree has no more conditions than that and is no deeper: a statement is made of all of it."""
MOST_DAYS = 3_650


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One condition as a screen says it: with its facet, and whether it must hold or must not."""

    facet: Facet
    condition: Condition
    is_not: bool = False


def said(node: Node) -> tuple[Said, ...]:
    """All conditions of a tree, from left to right."""
    return tuple(_said(node, is_not=False))


def _said(node: Node, *, is_not: bool) -> Iterator[Said]:
    match node:
        case AllOf(parts) | AnyOf(parts):
            for each in parts:
                yield from _said(each, is_not=is_not)
        case Not(part):
            yield from _said(part, is_not=not is_not)
        case _:
            yield Said(facet=FACETS[type(node)], condition=node, is_not=is_not)


def facet_of(node: Node) -> Facet | None:
    """What a condition, or the opposite of one, is about; None for a combination."""
    if isinstance(node, Not):
        return facet_of(node.part)
    return None if isinstance(node, AllOf | AnyOf) else FACETS[type(node)]


def part_of(node: Node, facet: Facet) -> Node | None:
    """The condition of that facet at the top of the tree, or its opposite."""
    return next((each for each in top(node).parts if facet_of(each) is facet), None)


def with_part(node: Node, part: Node) -> AllOf:
    """The tree with that condition; it takes the place of the one about the same."""
    facet = facet_of(part)
    kept = top(node).parts
    if facet is not None and any(facet_of(each) is facet for each in kept):
        return AllOf(tuple(part if facet_of(each) is facet else each for each in kept))
    return AllOf((*kept, part))


def without(node: Node, facet: Facet) -> AllOf:
    return AllOf(tuple(each for each in top(node).parts if facet_of(each) is not facet))


def top(node: Node) -> AllOf:
    """The tree as something that more can be added to."""
    return node if isinstance(node, AllOf) else AllOf((node,))


def lists_in(node: Node) -> frozenset[int]:
    return frozenset(
        each.condition.segment_id for each in said(node) if isinstance(each.condition, SavedList)
    )


def resolved(node: Node, lists: Mapping[int, Node], within: frozenset[int] = frozenset()) -> Node:
    """The tree with what the saved lists say in their place; one that is gone holds nobody."""
    match node:
        case AllOf(parts) | AnyOf(parts):
            return replace(node, parts=tuple(resolved(each, lists, within) for each in parts))
        case Not(part):
            return Not(resolved(part, lists, within))
        case SavedList(segment_id):
            if segment_id in within:
                raise SegmentRefused
            return resolved(lists.get(segment_id, AnyOf()), lists, within | {segment_id})
    return node


def require_sound(node: Node) -> None:
    """Neither too large nor too deep; days that make sense."""
    if _size(node) > MOST_NODES or _depth(node) > MOST_DEPTH:
        raise SegmentRefused
    for each in said(node):
        match each.condition:
            case Bought(days=days) | LastOrder(days=days) | Overdue(more_than_days=days):
                if not 0 <= days <= MOST_DAYS:
                    raise SegmentRefused


def _size(node: Node) -> int:
    match node:
        case AllOf(parts) | AnyOf(parts):
            return 1 + sum(_size(each) for each in parts)
        case Not(part):
            return 1 + _size(part)
    return 1


def _depth(node: Node) -> int:
    match node:
        case AllOf(parts) | AnyOf(parts):
            return 1 + max((_depth(each) for each in parts), default=0)
        case Not(part):
            return 1 + _depth(part)
    return 1
