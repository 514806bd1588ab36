"""A promotion that a manager is making, part by part; nothing of it is kept before it is whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from domain.deals import Deal
from domain.pricing import CartLine, Quote
from domain.promotion_facts import PromotionFault, facts_of, part_of
from domain.promotion_rules import EVERYTHING, PromotionKind, Rule, Scope
from domain.promotions import ANYBODY, NO_CAP, Cap, Eligibility, Promotion


class Part(StrEnum):
    """What a promotion is made of, in the order of asking."""

    NAME = "name"
    GOODS = "goods"
    STEPS = "steps"
    WHO = "who"
    FROM = "from"
    UNTIL = "until"
    BUDGET = "budget"


class GoodsSort(StrEnum):
    PRODUCT = "p"
    CATEGORY = "c"
    BRAND = "b"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionDraft:
    """``known`` are the parts that were said. With a ``promotion_id`` it changes one that is there."""

    kind: PromotionKind
    known: frozenset[Part] = frozenset()
    name: str = ""
    scope: Scope = EVERYTHING
    rule: Rule | None = None
    who: Eligibility = ANYBODY
    starts_on: date | None = None
    ends_on: date | None = None
    budget: Cap = NO_CAP
    promotion_id: int | None = None
    version: int = 0

    @property
    def missing(self) -> Part | None:
        """What is to be asked next; None when it is whole."""
        return next((part for part in Part if part not in self.known), None)

    def said(self, part: Part, **values: Any) -> PromotionDraft:
        """With that part, as these values."""
        return replace(self, known=self.known | {part}, **values)

    def asked_anew(self, part: Part) -> PromotionDraft:
        """That part is asked again; goods are chosen from none on."""
        changed = replace(self, known=self.known - {part})
        return replace(changed, scope=EVERYTHING) if part is Part.GOODS else changed

    def on(self, sort: GoodsSort, goods_id: int) -> PromotionDraft:
        """On that product, category or brand too."""
        scope, more = self.scope, frozenset({goods_id})
        match sort:
            case GoodsSort.PRODUCT:
                return replace(self, scope=replace(scope, product_ids=scope.product_ids | more))
            case GoodsSort.CATEGORY:
                return replace(self, scope=replace(scope, category_ids=scope.category_ids | more))
            case GoodsSort.BRAND:
                return replace(self, scope=replace(scope, brand_ids=scope.brand_ids | more))

    def promotion(self) -> Promotion:
        """What it comes to; all parts are known."""
        assert self.rule is not None
        assert self.starts_on is not None
        return Promotion(
            id=self.promotion_id or 0,
            version=max(self.version, 1),
            name=self.name,
            rule=self.rule,
            scope=self.scope,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            eligibility=self.who,
            budget=self.budget,
        )

    def facts(self) -> dict[str, Any]:
        """As the memory of the open question keeps it."""
        return {
            "kind": self.kind.value,
            "known": sorted(self.known),
            "name": self.name,
            "scope": facts_of(self.scope),
            "rule": facts_of(self.rule) if self.rule else None,
            "who": facts_of(self.who),
            "starts_on": self.starts_on.isoformat() if self.starts_on else None,
            "ends_on": self.ends_on.isoformat() if self.ends_on else None,
            "budget": facts_of(self.budget),
            "promotion_id": self.promotion_id,
            "version": self.version,
        }


def begun(kind: PromotionKind) -> PromotionDraft:
    """What is on the whole order is on everything, unless it is said otherwise."""
    known = frozenset({Part.GOODS}) if kind is PromotionKind.ORDER else frozenset[Part]()
    return PromotionDraft(kind=kind, known=known)


def drafted(promotion: Promotion) -> PromotionDraft:
    """One that is there, to be changed."""
    return PromotionDraft(
        kind=promotion.kind,
        known=frozenset(Part),
        name=promotion.name,
        scope=promotion.scope,
        rule=promotion.rule,
        who=promotion.eligibility,
        starts_on=promotion.starts_on,
        ends_on=promotion.ends_on,
        budget=promotion.budget,
        promotion_id=promotion.id,
        version=promotion.version,
    )


def draft_of(facts: Mapping[str, Any]) -> PromotionDraft:
    """What :meth:`PromotionDraft.facts` has written."""
    return PromotionDraft(
        kind=PromotionKind(facts["kind"]),
        known=frozenset(map(Part, facts["known"])),
        name=facts["name"],
        scope=part_of(Scope, facts["scope"]),
        rule=part_of(Rule, facts["rule"]) if facts["rule"] else None,
        who=part_of(Eligibility, facts["who"]),
        starts_on=date.fromisoformat(facts["starts_on"]) if facts["starts_on"] else None,
        ends_on=date.fromisoformat(facts["ends_on"]) if facts["ends_on"] else None,
        budget=part_of(Cap, facts["budget"]),
        promotion_id=facts["promotion_id"],
        version=facts["version"],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a typed name may mean, by id: goods, or customers and groups of them."""

    products: Mapping[int, str]
    categories: Mapping[int, str]
    brands: Mapping[int, str]
    groups: Mapping[int, str]
    customers: Mapping[int, str]

    @property
    def is_empty(self) -> bool:
        return not (self.products or self.categories or self.brands or self.groups or self.customers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A half-made promotion that is whole, what it would give on real goods, and why it cannot hold."""

    deal: Deal
    is_new: bool
    example: tuple[CartLine, ...] = ()
    quote: Quote | None = None
    fault: PromotionFault | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionPage:
    """A page of all promotions there are."""

    deals: tuple[Deal, ...]
    page: int
    pages: int
    count: int
