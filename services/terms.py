"""On which terms a customer may pay. Finance alone changes them, and each change is written down (CUS-05)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.errors import NotFound, TermRefused
from domain.staff import Role
from domain.terms import MOST_TERMS, UNAGREED, CustomerTerms, Term, find
from storage.unit_of_work import UnitOfWork


async def allowed(uow: UnitOfWork, customer_id: int) -> tuple[Term, ...]:
    """The terms among which that customer may choose; never none."""
    return (await uow.terms.of_customer(customer_id)).terms or (UNAGREED,)


async def terms_of(uow: UnitOfWork, actor: Actor, customer_id: int) -> CustomerTerms:
    """The terms of a customer, for those who answer for money."""
    actor.require_staff(Role.FINANCE, Role.MANAGER)
    return await uow.terms.of_customer(customer_id)


async def open_for_change(uow: UnitOfWork, actor: Actor, customer_id: int) -> CustomerTerms:
    """The same, for whoever is about to change them."""
    actor.require_staff(Role.FINANCE)
    return await uow.terms.of_customer(customer_id)


async def add_term(
    uow: UnitOfWork, actor: Actor, customer_id: int, term: Term, now: datetime
) -> CustomerTerms:
    """One more way for that customer to pay; what they have already is not added twice."""
    actor.require_staff(Role.FINANCE)
    before = await uow.terms.of_customer(customer_id)
    if find(before.terms, term) is not None:
        return before
    if len(before.terms) >= MOST_TERMS:
        raise TermRefused
    return await _change(uow, actor, before, (*before.terms, term), now)


async def remove_term(
    uow: UnitOfWork, actor: Actor, customer_id: int, term_id: int, now: datetime
) -> CustomerTerms:
    """That customer no longer pays so. The last of their terms stays: one way to pay there must be."""
    actor.require_staff(Role.FINANCE)
    before = await uow.terms.of_customer(customer_id)
    left = tuple(term for term in before.terms if term.id != term_id)
    if len(left) == len(before.terms):
        raise NotFound
    if not left:
        raise TermRefused
    return await _change(uow, actor, before, left, now)


async def drop_own_terms(uow: UnitOfWork, actor: Actor, customer_id: int, now: datetime) -> CustomerTerms:
    """Nothing is agreed with that customer any more: what the group or the company says holds."""
    actor.require_staff(Role.FINANCE)
    before = await uow.terms.of_customer(customer_id)
    if not before.own:
        return before
    return await _change(uow, actor, before, (), now)


async def _change(
    uow: UnitOfWork, actor: Actor, before: CustomerTerms, terms: Sequence[Term], now: datetime
) -> CustomerTerms:
    await uow.credit.lock(before.customer_id)
    await uow.terms.put([replace(term, id=0) for term in terms], customer_id=before.customer_id)
    facts = {
        "old": [term.facts() for term in before.terms],
        "old_own": before.own,
        "new": [term.facts() for term in terms],
    }
    await uow.audit.write(actor, "terms.changed", "customer", before.customer_id, now, facts)
    return await uow.terms.of_customer(before.customer_id)
