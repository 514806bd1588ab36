"""Promotions by the code that they have in the books: a new one starts, a changed one is its next version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.imports.errors import CellFault, RowError
from domain.imports.layout import Layout, error_of
from domain.imports.rows import PromotionRow
from domain.money import MoneyUnit
from domain.persian import search_key
from domain.promotion_errors import StepsNotUnderstood
from domain.promotion_facts import fault_of
from domain.promotion_rules import EVERYTHING, PromotionKind, Rule, Scope
from domain.promotion_said import steps_said
from domain.promotions import NO_CAP, Cap, Promotion, PromotionState
from services.imports.taking import Taken
from storage.imports.batches import Step
from storage.imports.products import ImportedProducts
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class _Goods:
    """What promotions may be on, by what the books call it."""

    products: Mapping[str, int]
    categories: Mapping[str, int]
    brands: Mapping[str, int]

    def scope(self, said: str | None) -> Scope | None:
        """A product by its code, else a category or brand by its name; nothing said is everything."""
        if said is None:
            return EVERYTHING
        if said in self.products:
            return Scope(product_ids=frozenset({self.products[said]}))
        key = search_key(said)
        if key in self.categories:
            return Scope(category_ids=frozenset({self.categories[key]}))
        if key in self.brands:
            return Scope(brand_ids=frozenset({self.brands[key]}))
        return None


async def take_promotions(
    uow: UnitOfWork, layout: Layout, rows: Sequence[PromotionRow], now: datetime, *, is_dry: bool, step: Step
) -> Taken:
    taken = Taken()
    brands, categories = await uow.catalogue.names()
    goods = _Goods(
        await ImportedProducts(uow.connection).ids(),
        {search_key(each.name): each.id for each in categories},
        {search_key(each.name): each.id for each in brands},
    )
    for row in rows:
        wanted = _wanted(layout, row, goods)
        if isinstance(wanted, RowError):
            taken.errors.append(wanted)
            continue
        known = await uow.promotions.find_by_code(row.code)
        changed = _changed(known, wanted) if known else wanted
        taken.count(is_known=known is not None, is_same=changed == known)
        if changed == known or is_dry:
            continue
        kept = await (uow.promotions.save if known else uow.promotions.create)(changed, now)
        facts = {"code": kept.code, "name": kept.name, "version": kept.version}
        await uow.audit.write(None, "promotion.imported", "promotion", kept.id, now, facts)
        step(1)
    return taken


def _changed(known: Promotion, wanted: Promotion) -> Promotion:
    """What a file can say; for whom it is, its caps and whether it is paused are decided in the chat."""
    return replace(
        known,
        name=wanted.name,
        rule=wanted.rule,
        scope=wanted.scope,
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
        budget=wanted.budget,
    )


def _wanted(layout: Layout, row: PromotionRow, goods: _Goods) -> Promotion | RowError:
    scope = goods.scope(row.goods)
    if scope is None:
        return error_of(layout, row.number, "goods", CellFault.UNKNOWN_GOODS, row.goods or "")
    rule = _rule(row.promotion_kind, row.steps)
    if isinstance(rule, CellFault):
        return error_of(layout, row.number, "steps", rule, row.steps)
    if row.budget_rials is not None and row.budget_units is not None:
        return error_of(layout, row.number, "budget_units", CellFault.ONE_BUDGET, str(row.budget_units))
    has_budget = row.budget_rials is not None or row.budget_units is not None
    promotion = Promotion(
        id=0,
        code=row.code,
        name=row.promotion_name,
        state=PromotionState.ACTIVE,
        rule=rule,
        scope=scope,
        starts_on=row.since,
        ends_on=row.until,
        budget=Cap(rials=row.budget_rials, units=row.budget_units) if has_budget else NO_CAP,
    )
    if fault_of(promotion) is not None:
        return error_of(layout, row.number, "steps", CellFault.PROMOTION_REFUSED, row.steps)
    return promotion


def _rule(kind: PromotionKind, steps: str) -> Rule | CellFault:
    """An amount in a file names its unit (rule R1.4a): one that means two things is refused."""
    try:
        in_toman, in_rials = (steps_said(kind, steps, unit) for unit in (MoneyUnit.TOMAN, MoneyUnit.RIAL))
    except StepsNotUnderstood:
        return CellFault.NOT_STEPS
    return in_toman if in_toman == in_rials else CellFault.STEPS_WITHOUT_UNIT
