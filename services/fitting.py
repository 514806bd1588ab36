"""Making an order fit within its customer's credit: by cash, or by less of it (S1.23)."""

from __future__ import annotations

from datetime import datetime

from domain.actors import Actor
from domain.basket import Basket, Renewal, Step
from domain.credit_decisions import Decision
from domain.errors import NotAllowed, OrderClosed
from domain.fitting import Cutting, cut_step
from domain.money import ZERO
from domain.pricing import Quote
from domain.terms import PREPAID, Term, TermKind
from services import credit, terms
from services.basket import find_basket, set_line
from services.catalogue import offers_for
from services.checkout import Look, look, pay_by, summarise
from storage.unit_of_work import UnitOfWork


async def pay_difference(uow: UnitOfWork, actor: Actor, order_id: int, version: int, now: datetime) -> Step:
    """What is above the credit that is left is paid in cash; the final look says both parts."""
    basket, seen = await _looked(uow, actor, now)
    term = seen.term
    if _is_other(basket, order_id, version) or term is None or seen.placing is None:
        return await summarise(uow, actor, now, renewal=Renewal.CHANGED)
    decision = await _decision(uow, basket, term, seen.placing.quote, now)
    if not term.can_split or not ZERO < decision.over_by < decision.amount:
        return await summarise(uow, actor, now, renewal=Renewal.CHANGED)
    return await pay_by(uow, actor, term.with_down(decision.over_by), now)


async def pay_all_cash(uow: UnitOfWork, actor: Actor, order_id: int, version: int, now: datetime) -> Step:
    """All of it in cash: on the term agreed for that, else before it is sent."""
    actor.require_buyer()
    basket = await find_basket(uow, actor)
    if _is_other(basket, order_id, version):
        return await summarise(uow, actor, now, renewal=Renewal.CHANGED)
    allowed = await terms.allowed(uow, basket.draft.customer_id)
    cash = [term for term in allowed if term.is_cash]
    # What is paid before earns the larger discount where both were agreed.
    cash.sort(key=lambda term: (-term.discount.basis_points, term.kind is not TermKind.CASH_PRE))
    return await pay_by(uow, actor, cash[0] if cash else PREPAID, now)


async def open_cutting(uow: UnitOfWork, actor: Actor, now: datetime) -> Cutting | Step:
    """The lines of the basket, the dearest first, with how much must still go."""
    basket, seen = await _looked(uow, actor, now)
    if seen.term is None or seen.placing is None:
        return seen.choice
    lines = [line for line in seen.placing.lines if not line.is_bonus]
    offers = await offers_for(uow, actor, [line.product_id for line in lines], now)
    lines.sort(key=lambda line: -(line.net + line.vat).rials)
    return Cutting(
        payable=seen.placing.payable,
        decision=await _decision(uow, basket, seen.term, seen.placing.quote, now),
        steps=tuple(cut_step(line, offers.get(line.product_id)) for line in lines),
    )


async def cut_line(
    uow: UnitOfWork, actor: Actor, product_id: int, quantity: int, now: datetime
) -> Cutting | Step:
    """That many are left of it; what was shown before is shown again."""
    actor.require_buyer()
    basket = await find_basket(uow, actor)
    line = basket.draft.line(product_id)
    if line is not None and quantity < line.quantity:
        changed = await set_line(uow, actor, product_id, quantity, now, min(line.later, quantity))
        if not changed.draft.lines:
            raise OrderClosed
    return await open_cutting(uow, actor, now)


async def explain(uow: UnitOfWork, actor: Actor, now: datetime) -> Decision:
    """How one's own remaining credit comes about (S3.2), for whoever may see it."""
    customer = actor.require_customer()
    if not actor.rights.may_see_balance:
        raise NotAllowed("balance")
    return await credit.preview(uow, customer.id, ZERO, now)


async def _looked(uow: UnitOfWork, actor: Actor, now: datetime) -> tuple[Basket, Look]:
    actor.require_buyer()
    basket = await find_basket(uow, actor)
    return basket, await look(uow, actor, basket, now)


def _is_other(basket: Basket, order_id: int, version: int) -> bool:
    """The button was under a summary of another basket, or of this one before it was changed."""
    return basket.draft.id != order_id or basket.draft.version != version


async def _decision(uow: UnitOfWork, basket: Basket, term: Term, quote: Quote, now: datetime) -> Decision:
    return await credit.preview(
        uow,
        basket.draft.customer_id,
        term.credit_part(quote.payable),
        now,
        on_account=term.is_on_account,
        instead_of=basket.original,
    )
