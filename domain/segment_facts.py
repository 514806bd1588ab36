"""Segments as JSON, for what is kept of a campaign or a list, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.customers import CustomerKind
from domain.promotion_rules import Scope
from domain.segment_trees import require_sound
from domain.segments import (
    EVERYBODY,
    AllOf,
    AnyOf,
    Bought,
    CityIn,
    GroupIn,
    InterestIn,
    KindIn,
    LastOrder,
    Node,
    Not,
    Opinion,
    OpinionIn,
    Overdue,
    RouteIn,
    SavedList,
    SegmentIn,
    SegmentRefused,
    TagIn,
)

_SCOPE = ("product_ids", "category_ids", "brand_ids", "families", "excluded_ids")


def segment_facts(node: Node) -> dict[str, object]:
    """The tree as JSON values, each list in its order, so that the same tree is the same text."""
    match node:
        case AllOf(parts):
            return {"all": [segment_facts(each) for each in parts]}
        case AnyOf(parts):
            return {"any": [segment_facts(each) for each in parts]}
        case Not(part):
            return {"not": segment_facts(part)}
        case Bought(goods, days):
            scope = {name: sorted(getattr(goods, name)) for name in _SCOPE if getattr(goods, name)}
            return {"bought": scope, "days": days}
        case Overdue(days):
            return {"overdue": days}
        case LastOrder(days, is_older):
            return {"last_order": days, "is_older": is_older}
        case SavedList(segment_id):
            return {"list": segment_id}
    return _chosen(node)


def _chosen(node: Node) -> dict[str, object]:
    match node:
        case KindIn(kinds):
            return {"kind": sorted(each.value for each in kinds)}
        case SegmentIn(segments):
            return {"segment": sorted(segments)}
        case CityIn(cities):
            return {"city": sorted(cities)}
        case RouteIn(ids):
            return {"route": sorted(ids)}
        case GroupIn(ids):
            return {"group": sorted(ids)}
        case InterestIn(ids):
            return {"interest": sorted(ids)}
        case TagIn(tags):
            return {"tag": sorted(tags)}
        case OpinionIn(opinions):
            return {"opinion": sorted(each.value for each in opinions)}
    raise SegmentRefused


def segment_of(facts: Mapping[str, object]) -> Node:
    """What was kept, as a tree; of nothing it is everybody. Whatever cannot be read is refused."""
    if not facts:
        return EVERYBODY
    try:
        node = _node(facts)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as fault:
        raise SegmentRefused from fault
    require_sound(node)
    return node


def _node(facts: Mapping[str, Any]) -> Node:
    match dict(facts):
        case {"all": parts}:
            return AllOf(tuple(_node(each) for each in parts))
        case {"any": parts}:
            return AnyOf(tuple(_node(each) for each in parts))
        case {"not": part}:
            return Not(_node(part))
        case {"bought": scope, "days": days}:
            kept = {name: frozenset(scope[name]) for name in _SCOPE if name in scope}
            return Bought(Scope(**kept), int(days))
        case {"overdue": days}:
            return Overdue(int(days))
        case {"last_order": days, "is_older": is_older}:
            return LastOrder(int(days), bool(is_older))
        case {"list": segment_id}:
            return SavedList(int(segment_id))
    (name,) = facts
    return _choice(name, facts[name])


def _choice(name: str, values: Any) -> Node:
    match name:
        case "kind":
            return KindIn(frozenset(CustomerKind(each) for each in values))
        case "segment":
            return SegmentIn(frozenset(map(str, values)))
        case "city":
            return CityIn(frozenset(map(str, values)))
        case "route":
            return RouteIn(frozenset(map(int, values)))
        case "group":
            return GroupIn(frozenset(map(int, values)))
        case "interest":
            return InterestIn(frozenset(map(int, values)))
        case "tag":
            return TagIn(frozenset(map(str, values)))
        case "opinion":
            return OpinionIn(frozenset(Opinion(each) for each in values))
    raise SegmentRefused
