"""Making less of a basket until it fits within the credit that is left (S1.23)."""

from __future__ import annotations

from dataclasses import dataclass

from domain.catalogue import Offer, Unit
from domain.credit_decisions import Decision
from domain.money import Money
from domain.orders import OrderLine


@dataclass(frozen=True, slots=True, kw_only=True)
class CutStep:
    """One line with what it comes to, and how many would be left of it after one step down."""

    product_id: int
    label: str
    unit: Unit
    quantity: int
    less: int
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutting:
    """The basket as it stands against the credit: how much must still go, the dearest lines first."""

    payable: Money
    decision: Decision
    steps: tuple[CutStep, ...]

    @property
    def over_by(self) -> Money:
        return self.decision.over_by

    @property
    def fits(self) -> bool:
        return self.decision.outcome.is_accepted


def cut_step(line: OrderLine, offer: Offer | None) -> CutStep:
    """A carton less where there is more than one, or one multiple, or the line goes."""
    product = offer.product if offer else None
    minimum, multiple = (product.minimum, product.multiple) if product else (1, 1)
    carton = product.carton if product else 1
    step = carton if carton > 1 and carton % multiple == 0 and line.quantity > carton else multiple
    left = line.quantity - step
    return CutStep(
        product_id=line.product_id,
        label=line.label,
        unit=line.unit,
        quantity=line.quantity,
        less=left if left >= minimum else 0,
        amount=line.net + line.vat,
    )
