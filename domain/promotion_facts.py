"""A promotion's rule as JSON and back, and what makes a promotion unsound."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import Enum, StrEnum
from itertools import pairwise
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from domain.money import BASIS_POINTS, Money, Rate
from domain.promotion_rules import (
    EVERYTHING,
    BasketPercent,
    Bonus,
    BonusGoods,
    LinePercent,
    MixPercent,
    OrderTier,
    Over,
    PromotionStep,
    Rule,
    Scope,
    Tier,
)
from domain.promotions import ANYBODY, NO_CAPS, Cap, Caps, Eligibility, Promotion

RULES: Mapping[str, type[Any]] = {
    rule.kind: rule for rule in (Tier, LinePercent, BasketPercent, MixPercent, OrderTier, Bonus)
}


class SpecRefused(ValueError):
    """What was kept of a promotion cannot be read: it names where."""


class PromotionFault(StrEnum):
    """Why a promotion cannot hold."""

    NAME = "name"
    DATES = "dates"
    STEPS = "steps"
    RATE = "rate"
    FREE = "free"
    GOODS = "goods"
    CAPS = "caps"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """What of a promotion is kept as JSON: all but its id, version, code, name, state, dates and budget."""

    rule: Rule
    scope: Scope = EVERYTHING
    priority: int = 0
    is_stackable: bool = True
    exclusivity_group: str | None = None
    eligibility: Eligibility = ANYBODY
    caps: Caps = NO_CAPS


def promotion_facts(promotion: Promotion) -> dict[str, Any]:
    """What is kept of it as JSON (see ``Spec``)."""
    return {each.name: _plain(getattr(promotion, each.name)) for each in fields(Spec)}


def spec_of(facts: object) -> Spec:
    """What was kept. An unknown field, a missing one or a wrong type raises ``SpecRefused``."""
    read: Spec = _dataclass(Spec, facts, "spec")
    return read


def facts_of(value: Scope | Rule | Eligibility | Cap) -> dict[str, Any]:
    """A part of a promotion as JSON."""
    told: dict[str, Any] = _plain(value)
    return told


def part_of(kind: Any, facts: object) -> Any:
    """That part again; what cannot be read raises ``SpecRefused``."""
    return _read(kind, facts, "part")


def fault_of(promotion: Promotion) -> PromotionFault | None:
    """Why it cannot hold, if so."""
    if not promotion.name.strip():
        return PromotionFault.NAME
    if promotion.ends_on is not None and promotion.ends_on < promotion.starts_on:
        return PromotionFault.DATES
    caps = promotion.caps
    limits = [
        limit
        for cap in (caps.order, caps.customer, caps.period, promotion.budget)
        for limit in (cap.rials, cap.units, cap.orders)
        if limit is not None
    ]
    if any(limit < 0 for limit in limits) or caps.period_days < 1:
        return PromotionFault.CAPS
    return _rule_fault(promotion.rule)


def _rule_fault(rule: Rule) -> PromotionFault | None:
    if isinstance(rule, Bonus):
        return _bonus_fault(rule)
    if isinstance(rule, Tier | OrderTier):
        rates = [step.rate.basis_points for step in rule.steps]
        if not _are_rising([step.at for step in rule.steps]) or not _are_rising(rates):
            return PromotionFault.STEPS
        return None if rates[-1] <= BASIS_POINTS else PromotionFault.RATE
    return None if 0 < rule.rate.basis_points <= BASIS_POINTS else PromotionFault.RATE


def _bonus_fault(rule: Bonus) -> PromotionFault | None:
    if not _are_rising([step.at for step in rule.steps]):
        return PromotionFault.STEPS
    if any(step.free < 1 for step in rule.steps):
        return PromotionFault.FREE
    if rule.goods is BonusGoods.SAME and rule.over is Over.GROUP:
        return PromotionFault.GOODS
    if rule.goods is BonusGoods.OTHER and len(rule.product_ids) != 1:
        return PromotionFault.GOODS
    return None


def _are_rising(numbers: list[int]) -> bool:
    return bool(numbers) and numbers[0] > 0 and all(a < b for a, b in pairwise(numbers))


def _plain(value: Any) -> Any:
    if isinstance(value, Money):
        return value.rials
    if isinstance(value, Rate):
        return value.basis_points
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, frozenset):
        return sorted(_plain(each) for each in value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        told = {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
        return {"kind": value.kind.value, **told} if isinstance(value, Rule) else told
    return value


_HINTS: Mapping[type[Any], dict[str, Any]] = {
    of: get_type_hints(of) for of in (Spec, Scope, PromotionStep, Eligibility, Caps, Cap, *RULES.values())
}


def _dataclass(of: type[Any], facts: object, where: str) -> Any:
    if not isinstance(facts, dict):
        raise SpecRefused(where)
    known = {each.name: each for each in fields(of)}
    if unknown := sorted(set(facts) - set(known)):
        raise SpecRefused(f"{where}.{unknown[0]}")
    missing = [name for name, each in known.items() if name not in facts and each.default is MISSING]
    if missing:
        raise SpecRefused(f"{where}.{missing[0]}")
    hints = _HINTS[of]
    return of(**{name: _read(hints[name], value, f"{where}.{name}") for name, value in facts.items()})


def _read(hint: Any, value: Any, where: str) -> Any:
    if hint == Rule:
        return _rule(value, where)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        if value is None:
            return None
        return _read(next(each for each in arguments if each is not NoneType), value, where)
    if origin in (tuple, frozenset):
        if not isinstance(value, list):
            raise SpecRefused(where)
        return origin(_read(arguments[0], each, f"{where}.{n}") for n, each in enumerate(value))
    if hint in (Money, Rate):
        return hint(_read(int, value, where))
    if is_dataclass(hint):
        return _dataclass(hint, value, where)  # type: ignore[arg-type]
    return _scalar(hint, value, where)


def _rule(value: Any, where: str) -> Rule:
    rule = RULES.get(str(value.get("kind"))) if isinstance(value, dict) else None
    if rule is None:
        raise SpecRefused(f"{where}.kind")
    read: Rule = _dataclass(rule, {key: each for key, each in value.items() if key != "kind"}, where)
    return read


def _scalar(hint: Any, value: Any, where: str) -> Any:
    if issubclass(hint, Enum):
        if any(value == each.value for each in hint):
            return hint(value)
    elif type(value) is hint:
        return value
    raise SpecRefused(where)
