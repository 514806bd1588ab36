"""How far a drawer's cheques can be trusted: the bank's colour, and what came back before (rule R3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from domain.cheque_errors import DrawerRefused, DrawerUnknown, DrawerWaits, TooMuchOfOneColour
from domain.money import ZERO, Money, Rate


class DrawerColour(StrEnum):
    """What the central bank answers about whoever signs the cheque."""

    WHITE = "white"
    YELLOW = "yellow"
    ORANGE = "orange"
    BROWN = "brown"
    RED = "red"


class DrawerDecision(StrEnum):
    """What a company does with a cheque of that colour."""

    ACCEPT = "accept"
    MANAGER = "manager"
    FINANCE = "finance"
    REFUSE = "refuse"
    ALERT = "alert"
    """Refuse, and tell the manager."""


@dataclass(frozen=True, slots=True)
class ColourPolicy:
    """A decision; ``most_share`` bounds the part of what is owed that such a cheque may pay."""

    decision: DrawerDecision
    most_share: Rate | None = None


DEFAULT_POLICY: Mapping[DrawerColour, ColourPolicy] = {
    DrawerColour.WHITE: ColourPolicy(DrawerDecision.ACCEPT),
    DrawerColour.YELLOW: ColourPolicy(DrawerDecision.MANAGER),
    DrawerColour.ORANGE: ColourPolicy(DrawerDecision.FINANCE, Rate(5_000)),
    DrawerColour.BROWN: ColourPolicy(DrawerDecision.REFUSE),
    DrawerColour.RED: ColourPolicy(DrawerDecision.ALERT),
}


def rule_said(colour: DrawerColour, decision: DrawerDecision) -> str:
    """How a company's setting spells it: what finance judges has the share that is usual for the colour."""
    usual = DEFAULT_POLICY[colour].most_share or DEFAULT_POLICY[DrawerColour.ORANGE].most_share
    if decision is not DrawerDecision.FINANCE or usual is None:
        return decision.value
    return f"{decision.value}:{usual.basis_points // 100}"


def policy_of(settings: Mapping[str, str]) -> dict[DrawerColour, ColourPolicy]:
    """The table with what a company has set: ``{"orange": "finance:40"}``, the share in whole percent."""
    table = dict(DEFAULT_POLICY)
    for colour, said in settings.items():
        decision, _colon, percent = said.partition(":")
        share = Rate(int(percent) * 100) if percent else None
        table[DrawerColour(colour)] = ColourPolicy(DrawerDecision(decision), share)
    return table


def require_acceptable(
    colour: DrawerColour | None,
    policy: Mapping[DrawerColour, ColourPolicy],
    *,
    is_approved: bool,
    amount: Money,
    owed: Money,
) -> None:
    """Raise unless a cheque of that colour may be taken for what is owed."""
    if colour is None:
        raise DrawerUnknown
    rule = policy[colour]
    if rule.decision in {DrawerDecision.REFUSE, DrawerDecision.ALERT}:
        raise DrawerRefused(colour)
    if rule.decision is DrawerDecision.MANAGER and not is_approved:
        raise DrawerWaits(colour)
    if rule.most_share is not None and amount > (most := owed.share(rule.most_share)):
        raise TooMuchOfOneColour(colour, most)


class Grade(StrEnum):
    """How a customer's cheques have done."""

    GOOD = "good"
    USUAL = "usual"
    RISKY = "risky"
    BAD = "bad"


USUAL_BELOW, RISKY_BELOW = Rate(500), Rate(1_500)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChequeRecord:
    """What became of a customer's cheques within a time, by count and by amount."""

    cleared_count: int = 0
    cleared: Money = ZERO
    bounced_count: int = 0
    bounced: Money = ZERO

    @property
    def rate_by_count(self) -> Fraction | None:
        """Bounced of all that were decided; None when none was."""
        decided = self.cleared_count + self.bounced_count
        return Fraction(self.bounced_count, decided) if decided else None

    @property
    def rate_by_amount(self) -> Fraction | None:
        decided = self.cleared + self.bounced
        return Fraction(self.bounced.rials, decided.rials) if decided else None

    @property
    def rate(self) -> Rate | None:
        """The worse of the two, rounded half up to a basis point."""
        if self.rate_by_count is None or self.rate_by_amount is None:
            return None
        worse = max(self.rate_by_count, self.rate_by_amount)
        return Rate(int(worse * 10_000 + Fraction(1, 2)))

    def grade(self, usual_below: Rate = USUAL_BELOW, risky_below: Rate = RISKY_BELOW) -> Grade | None:
        """By the worse of the two rates; None while no cheque was decided."""
        if self.rate_by_count is None or self.rate_by_amount is None:
            return None
        worse = max(self.rate_by_count, self.rate_by_amount)
        if worse == 0:
            return Grade.GOOD
        if worse < Fraction(usual_below.basis_points, 10_000):
            return Grade.USUAL
        return Grade.RISKY if worse < Fraction(risky_below.basis_points, 10_000) else Grade.BAD
