"""Shades of one colour as one line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.money import Money
from domain.orders import OrderLine


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyLine:
    """Lines of one family as one: how many, which of them are sent later, and what they come to."""

    name: str
    quantity: int
    net: Money
    later: tuple[OrderLine, ...]
    free: int = 0
    """Bonus units beside those that are paid."""


def by_family(lines: Iterable[OrderLine]) -> tuple[FamilyLine, ...]:
    """Shades of one colour are one line; what has no family stands alone."""
    groups: dict[tuple[str | None, int], list[OrderLine]] = {}
    for line in lines:
        key = (line.family, 0) if line.family else (None, line.product_id)
        groups.setdefault(key, []).append(line)
    return tuple(
        FamilyLine(
            name=found[0].family or found[0].short_name,
            quantity=sum(line.quantity for line in found if not line.is_bonus),
            free=sum(line.quantity for line in found if line.is_bonus),
            net=Money(sum(line.net.rials for line in found)),
            later=tuple(line for line in found if line.later),
        )
        for found in groups.values()
    )
