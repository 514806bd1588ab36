"""On which terms a customer pays: when an order is due, and what of it is owed until then (rule R6.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from domain.calendar import next_working_day
from domain.errors import TermRefused
from domain.money import BASIS_POINTS, RIALS_IN_A_TOMAN, ZERO, Money, Rate
from domain.pricing import Settlement

MOST_DAYS = 180
MOST_TERMS = 12
"""A customer has at most that many terms to choose from."""


class TermKind(StrEnum):
    CASH_PRE = "cash_pre"
    COD = "cod"
    CHEQUE = "chq"
    ACCOUNT = "acc"
    MIXED = "mix"
    CONSIGNMENT = "cons"


CASH = frozenset({TermKind.CASH_PRE, TermKind.COD})
"""Paid before the goods are sent or when they come: never a part of what is owed (rule R2.1)."""
DEFERRED = (TermKind.CHEQUE, TermKind.ACCOUNT)
"""Paid so many days after the delivery; also what the rest of a mixed term may be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermPart:
    """A part of what is to be paid: how, and how many days after the delivery."""

    kind: TermKind
    amount: Money
    days: int = 0

    @property
    def is_cash(self) -> bool:
        return self.kind in CASH


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One way to pay. ``discount`` is on the whole; of a mixed term only on its ``cash`` share.

    The rest of a mixed term is a cheque or on account, for ``days`` days. ``id`` is the row of a customer's
    list, 0 for a term that stands in an order; two terms are the same when they say the same. ``down`` is
    paid in cash on top of it, as an amount, so that an order fits within the credit that is left (S1.23).
    """

    id: int = 0
    code: str
    kind: TermKind
    days: int = 0
    discount: Rate = Rate(0)
    cash: Rate = Rate(0)
    rest: TermKind | None = None
    down: Money = ZERO

    def __post_init__(self) -> None:
        is_mixed = self.kind is TermKind.MIXED
        if not 0 <= self.days <= MOST_DAYS or not 0 <= self.discount.basis_points < BASIS_POINTS:
            raise TermRefused
        share = self.cash.basis_points
        has_cash = 0 < share < BASIS_POINTS or (share == 0 and self.down > ZERO)
        if is_mixed != has_cash or is_mixed != (self.rest in DEFERRED) or self.down < ZERO:
            raise TermRefused

    @property
    def is_cash(self) -> bool:
        return self.kind in CASH

    @property
    def is_on_account(self) -> bool:
        """What is owed under it is owed without a cheque: both limits of the credit hold for it."""
        return TermKind.ACCOUNT in (self.kind, self.rest)

    @property
    def is_by_cheque(self) -> bool:
        """A cheque is owed for what is not paid in cash."""
        return TermKind.CHEQUE in (self.kind, self.rest)

    def is_same(self, other: Term) -> bool:
        """Both say the same, wherever they are kept."""
        return self.facts() == other.facts()

    @property
    def can_split(self) -> bool:
        """Whether some of it could be paid in cash and the rest as before."""
        return (self.rest or self.kind) in DEFERRED

    def with_down(self, amount: Money) -> Term:
        """The same, with so much paid in cash; the code still says on which term that stands."""
        return replace(self, id=0, kind=TermKind.MIXED, rest=self.rest or self.kind, down=self.down + amount)

    @property
    def agreed(self) -> Term:
        """The term without what is paid down on it."""
        if not self.down:
            return self
        if self.cash.basis_points:
            return replace(self, down=ZERO)
        assert self.rest is not None
        return replace(self, kind=self.rest, rest=None, down=ZERO)

    def due_on(self, delivered_on: date, holidays: Collection[date]) -> date:
        """When the last part of it is due: the first working day so many days after the delivery."""
        return next_working_day(delivered_on + timedelta(days=self.days), holidays)

    @property
    def settlement(self) -> Settlement:
        """The discount of this term as a quote applies it."""
        share = self.cash if self.cash.basis_points else Rate(BASIS_POINTS)
        return Settlement(discount=self.discount, share=share)

    def parts(self, payable: Money) -> tuple[TermPart, ...]:
        """How it is paid; the parts sum to the whole exactly.

        The cash part of a mixed term is in whole toman, so that the parts also sum up as they are shown.
        """
        if self.kind is not TermKind.MIXED:
            return (TermPart(kind=self.kind, amount=payable, days=self.days),)
        assert self.rest is not None
        share = payable.share(self.cash)
        cash = min(payable, Money(share.toman * RIALS_IN_A_TOMAN) + self.down)
        return (
            TermPart(kind=TermKind.CASH_PRE, amount=cash),
            TermPart(kind=self.rest, amount=payable - cash, days=self.days),
        )

    def credit_part(self, payable: Money) -> Money:
        """What of it is owed after the delivery, and counts as exposure until it is paid."""
        return sum((part.amount for part in self.parts(payable) if not part.is_cash), start=ZERO)

    def facts(self) -> dict[str, object]:
        """As it stands in an order, in an invoice and in the audit."""
        facts: dict[str, object] = {
            "code": self.code,
            "kind": self.kind.value,
            "days": self.days,
            "discount": self.discount.basis_points,
            "cash": self.cash.basis_points,
            "rest": self.rest.value if self.rest else None,
        }
        return {**facts, "down": self.down.rials} if self.down else facts


def term_of(facts: Mapping[str, object]) -> Term:
    """The term that :meth:`Term.facts` has written."""
    rest = facts.get("rest")
    return Term(
        code=str(facts["code"]),
        kind=TermKind(str(facts["kind"])),
        days=_whole(facts["days"]),
        discount=Rate(_whole(facts["discount"])),
        cash=Rate(_whole(facts["cash"])),
        rest=TermKind(str(rest)) if rest else None,
        down=Money(_whole(facts.get("down", 0))),
    )


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value


def made(
    kind: TermKind,
    days: int = 0,
    discount: Rate = Rate(0),
    cash: Rate = Rate(0),
    rest: TermKind | None = None,
) -> Term:
    """A term with the code by which it is known in the books: CASH_PRE, CHQ_45, MIX_40_CHQ_45."""
    code = kind.name
    if kind in _SHORT:
        code = f"{_SHORT[kind]}_{days}"
    elif kind is TermKind.MIXED and rest in _SHORT:
        code = f"MIX_{cash.percent.normalize():f}_{_SHORT[rest]}_{days}"
    return Term(code=code, kind=kind, days=days, discount=discount, cash=cash, rest=rest)


_SHORT = {TermKind.CHEQUE: "CHQ", TermKind.ACCOUNT: "ACC", TermKind.CONSIGNMENT: "CONS"}
PREPAID = made(TermKind.CASH_PRE)
"""All of it before the goods are sent, without any discount."""
UNAGREED = made(TermKind.COD)
"""Where nothing was agreed, neither with the customer nor by the company: money when the goods come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerTerms:
    """On which terms a customer may pay. ``own`` is false where these are the group's or the company's."""

    customer_id: int
    customer_name: str
    terms: tuple[Term, ...]
    own: bool


def find(terms: Iterable[Term], wanted: Term | None) -> Term | None:
    """The one of them that says the same as what stands in an order, with what is paid down on it."""
    if wanted is None:
        return None
    found = next((term for term in terms if term.is_same(wanted.agreed)), None)
    return found.with_down(wanted.down) if found and wanted.down else found


def allowed_term(terms: Sequence[Term], wanted: Term | None) -> Term | None:
    """The term of an order if it may still be paid so; where there is one way only, that one.

    Money before the goods are sent is always taken, also where it was not agreed.
    """
    found = find(terms, wanted)
    if found is not None:
        return found
    if wanted is not None and wanted.is_same(PREPAID):
        return wanted
    return terms[0] if len(terms) == 1 else None
