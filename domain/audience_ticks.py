"""What a tap changes of an audience: one tick, one number of days, one group at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from domain.audience_forms import (
    SETS,
    USUAL_DAYS,
    Criterion,
    bought_of,
    condition_of,
    group_at,
    groups_of,
    part_for,
    values_of,
)
from domain.customers import CustomerKind
from domain.errors import NotFound
from domain.promotion_drafts import GoodsSort
from domain.promotion_rules import EVERYTHING, Scope
from domain.segments import EVERYBODY, AllOf, AnyOf, Bought, LastOrder, Node, Not, Opinion, Overdue, SavedList

_OF_GOODS: Mapping[GoodsSort, str] = {
    GoodsSort.PRODUCT: "product_ids",
    GoodsSort.CATEGORY: "category_ids",
    GoodsSort.BRAND: "brand_ids",
}


def with_group(node: Node, position: int, group: AllOf) -> Node:
    """A group that says nothing any more is gone: else it would stand for everybody."""
    groups = list(groups_of(node))
    groups[position : position + 1] = [group]
    kept = tuple(each for each in groups if each.parts)
    if not kept:
        return EVERYBODY
    return kept[0] if len(kept) == 1 else AnyOf(kept)


def ticked(node: Node, position: int, by: Criterion, value: CustomerKind | Opinion | str | int) -> Node:
    """With that value, or without it where it was ticked."""

    def change(part: Node | None) -> Node | None:
        chosen = values_of(part, by) ^ {value}
        if not chosen:
            return None
        return _as_before(_of_values(by, chosen), part)

    return _changed(node, position, by, change)


def _of_values(by: Criterion, values: frozenset[Any]) -> Node:
    if by is Criterion.SAVED:
        lists = tuple(SavedList(each) for each in sorted(values))
        return lists[0] if len(lists) == 1 else AnyOf(lists)
    if by not in SETS:
        raise NotFound
    made: Node = SETS[by][0](values)
    return made


def with_goods(node: Node, position: int, by: Criterion, sort: GoodsSort, goods_id: int) -> Node:
    """Bought, or not bought, of that too; or no more of that."""

    def change(part: Node | None) -> Node | None:
        bought = bought_of(part) or Bought(days=USUAL_DAYS)
        name = _OF_GOODS[sort]
        changed = getattr(bought.goods, name) ^ {goods_id}
        goods: Scope = replace(bought.goods, **{name: changed})
        return None if goods.is_everything else _bought(by, replace(bought, goods=goods))

    return _changed(node, position, by, change)


def with_days(node: Node, position: int, by: Criterion, days: int) -> Node:
    """In so many days; where no goods were chosen, it is about any."""

    def change(part: Node | None) -> Node | None:
        match by:
            case Criterion.BOUGHT | Criterion.NOT_BOUGHT:
                return _bought(by, replace(bought_of(part) or Bought(EVERYTHING), days=days))
            case Criterion.OVERDUE:
                return _as_before(Overdue(days), part)
            case Criterion.LAST_ORDER:
                before = condition_of(part)
                is_older = before.is_older if isinstance(before, LastOrder) else True
                return LastOrder(days, is_older)
        raise NotFound

    return _changed(node, position, by, change)


def flipped(node: Node, position: int, by: Criterion) -> Node:
    """Those for whom it does not hold; or again those for whom it does."""

    def change(part: Node | None) -> Node | None:
        match part:
            case None:
                raise NotFound
            case LastOrder(days, is_older):
                return LastOrder(days, not is_older)
            case Not(inner):
                return inner
        return Not(part)

    if by in {Criterion.BOUGHT, Criterion.NOT_BOUGHT}:
        raise NotFound
    return _changed(node, position, by, change)


def cleared(node: Node, position: int, by: Criterion) -> Node:
    return _changed(node, position, by, lambda _part: None)


def _bought(by: Criterion, bought: Bought) -> Node:
    return Not(bought) if by is Criterion.NOT_BOUGHT else bought


def _as_before(made: Node, before: Node | None) -> Node:
    return Not(made) if isinstance(before, Not) else made


def _changed(node: Node, position: int, by: Criterion, change: Callable[[Node | None], Node | None]) -> Node:
    """The tree with that one part of that one group changed; the others stay in their places."""
    group = group_at(node, position)
    before = part_for(group, by)
    after = change(before)
    if before is None:
        parts = group.parts if after is None else (*group.parts, after)
    else:
        others = (after if each is before else each for each in group.parts)
        parts = tuple(each for each in others if each is not None)
    return with_group(node, position, AllOf(parts))


def dropped(node: Node, position: int) -> Node:
    """Without that group."""
    group_at(node, position)
    return with_group(node, position, EVERYBODY)
