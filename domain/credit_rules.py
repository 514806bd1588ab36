"""What the company has decided about credit for everybody: limits by group, and the numbers of table R2.3."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.credit import CreditLimit, CreditPolicy
from domain.errors import NotAQuantity

POLICY = "credit_policy"
"""The name of the company's rules on credit among its settings."""


class Rule(StrEnum):
    """One number of the policy; the word is the name under which it is kept."""

    OVERDUE = "overdue_days"
    OVERDUE_BEST = "overdue_days_best"
    PERCENT = "most_percent"
    HOURS = "decide_hours"


BOUNDS = {Rule.OVERDUE: (0, 365), Rule.OVERDUE_BEST: (0, 365), Rule.PERCENT: (100, 200), Rule.HOURS: (1, 48)}


def in_bounds(rule: Rule, number: int) -> int:
    first, last = BOUNDS[rule]
    if not first <= number <= last:
        raise NotAQuantity
    return number


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLimit:
    """What holds for the customers of one group who have no limit of their own."""

    group_id: int
    name: str
    limit: CreditLimit | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditRules:
    company: CreditLimit | None
    groups: tuple[GroupLimit, ...]
    policy: CreditPolicy
    may_change: bool = False
