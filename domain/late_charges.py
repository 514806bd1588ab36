"""What being late would cost, where a company charges for it (rule R7; nobody does until it says so)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from domain.money import BASIS_POINTS, RIALS_IN_A_TOMAN, ZERO, Money, Rate

YEAR_DAYS = 365


def late_charge(outstanding: Money, a_year: Rate, days: int) -> Money:
    """Simple interest for so many days, rounded half up to a whole toman."""
    if days <= 0:
        return ZERO
    rials = Decimal(outstanding.rials) * a_year.basis_points / BASIS_POINTS * days / YEAR_DAYS
    toman = (rials / RIALS_IN_A_TOMAN).quantize(Decimal(1), ROUND_HALF_UP)
    return Money(int(toman) * RIALS_IN_A_TOMAN)
