"""What the report of a campaign says (S5.11), and who stands in its lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from domain.campaign_effect import Arm, Effect
from domain.money import Money, Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOrders:
    """Orders of one day of the window, the first is 0."""

    day: int
    told: int = 0
    holdout: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How the sending ended, counted in recipients without the holdout."""

    delivered: int
    clicked: int
    opted_out: int
    failed: int = 0
    blocked: int = 0
    uncertain: int = 0
    skipped: int = 0
    left: int = 0
    clicked_without_order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignReport:
    """S5.11: what there is to say of one campaign up to now."""

    campaign_id: int
    name: str
    effect: Effect
    reached: Reached
    days: int
    """So many days of the window are over for whoever was told last; all of them when it is whole."""
    window_days: int
    by_day: tuple[DayOrders, ...] = ()
    started_on: date | None = None

    @property
    def is_whole(self) -> bool:
        return self.days >= self.window_days

    @property
    def click_share(self) -> Fraction | None:
        return Fraction(self.reached.clicked, self.reached.delivered) if self.reached.delivered else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignBuyer:
    """A shop that has ordered within its window."""

    customer_id: int
    customer: str
    order_id: int
    number: int
    ordered_at: datetime
    amount: Money
    discount: Money
    is_holdout: bool
    has_clicked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignClicker:
    """A shop that has tapped and not ordered, with whoever visits it."""

    recipient_id: int
    customer_id: int
    customer: str
    clicked_at: datetime
    visitor_id: int | None = None
    visitor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignBrief:
    """One line of the list of what was sent."""

    campaign_id: int
    name: str
    state: str
    started_at: datetime | None
    delivered: int
    total: int


def days_over(last_sent_at: datetime | None, now: datetime, window_days: int) -> int:
    """How many days of the window are over for whoever was told last."""
    if last_sent_at is None or now < last_sent_at:
        return 0
    return min((now - last_sent_at) // timedelta(days=1), window_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrder:
    """How many of those who tapped and did not buy each visitor is sent to: id, name, shops."""

    campaign_id: int
    name: str
    visitors: tuple[tuple[int, str, int], ...]
    without_visitor: int
    at: datetime
    is_made: bool = False

    @property
    def count(self) -> int:
        return sum(count for _who, _name, count in self.visitors) + self.without_visitor


# As it is kept with the word that tells of it


def facts_of(report: CampaignReport) -> dict[str, object]:
    """The figures alone: what they say is made of them again."""
    effect = report.effect
    return {
        "campaign_id": report.campaign_id,
        "name": report.name,
        "told": _arm_facts(effect.told),
        "holdout": _arm_facts(effect.holdout),
        "discount_rials": effect.discount.rials,
        "margin_basis_points": effect.margin.basis_points if effect.margin else None,
        "reached": asdict(report.reached),
        "days": report.days,
        "window_days": report.window_days,
    }


def report_of(facts: Mapping[str, Any]) -> CampaignReport:
    margin = facts["margin_basis_points"]
    return CampaignReport(
        campaign_id=facts["campaign_id"],
        name=facts["name"],
        effect=Effect(
            told=_arm(facts["told"]),
            holdout=_arm(facts["holdout"]),
            discount=Money(facts["discount_rials"]),
            margin=None if margin is None else Rate(margin),
        ),
        reached=Reached(**facts["reached"]),
        days=facts["days"],
        window_days=facts["window_days"],
    )


def _arm_facts(arm: Arm) -> dict[str, int]:
    return {"shops": arm.shops, "orders": arm.orders, "sales_rials": arm.sales.rials}


def _arm(facts: Mapping[str, int]) -> Arm:
    return Arm(shops=facts["shops"], orders=facts["orders"], sales=Money(facts["sales_rials"]))
