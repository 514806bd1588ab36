"""Row E-1 for money: a full disk keeps nobody's money half booked, and loses nothing that was said."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from domain.actors import Actor
from domain.ledger import Account, EntryKind, Posting, Voucher
from domain.money import Money
from domain.receipts import Proof, Receipt
from domain.settling import Payment
from services.ledger import allocate, post
from services.receipt_desk import approve_receipt
from services.receipts import send_receipt
from services.truths import find_violations
from storage.passing import is_passing
from storage.tables.ledger import payments
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.cheques import a_sayad_id
from tests.builders.ledger import TODAY, a_bookkeeper, an_invoice, an_owner, posting
from tests.nemesis.checker import list_broken
from tests.nemesis.harness import seeded, trials

OWED, PAID = 2**40, 1_000_003
MOST = 4_000
"""Receipts in one trial: many more than fit."""


async def _leave_pages(store: Store, free: int | None) -> None:
    """So much room is left on the disk; None for all that one could want."""
    async with store.unit_of_work() as uow:
        pages = await uow.connection.scalar(text("PRAGMA page_count"))
        most = 2**30 if free is None else pages + free
        await uow.connection.execute(text(f"PRAGMA max_page_count = {most}"))


async def _pay(store: Store, owner: Actor, finance: Actor, now: datetime) -> Receipt:
    """A receipt is sent and booked; comes back when both were said to be done."""
    async with store.unit_of_work() as uow:
        sent = await send_receipt(uow, owner, Money(PAID), TODAY, Proof(tracking=a_sayad_id()), now)
    async with store.unit_of_work() as uow:
        await approve_receipt(uow, finance, sent.id, sent.version, now)
    return sent


@pytest.fixture
async def people(sqlite_store: Store) -> tuple[Actor, Actor]:
    async with sqlite_store.unit_of_work() as uow:
        owner = await an_owner(uow)
        await an_invoice(uow, owner, OWED)
        finance = await a_bookkeeper(uow)
    return owner, finance


async def test_a_full_disk_refuses_and_recovers(
    sqlite_store: Store, people: tuple[Actor, Actor], now: datetime
) -> None:
    owner, finance = people
    said: list[Receipt] = []
    for trial in range(trials(50)):
        chance, seed = seeded("E-1", trial)
        await _leave_pages(sqlite_store, chance.randint(1, 12))
        before = len(said)
        fault = await _fill(sqlite_store, owner, finance, said, now)
        assert is_passing(fault), f"{seed}: it would not be tried again: {fault!r}"
        async with sqlite_store.reading() as uow:
            assert await _booked(uow) >= {each.id for each in said}, seed
            assert (await find_violations(uow, now))[0] == (), seed
            assert await uow.connection.scalar(text("PRAGMA integrity_check")) == "ok"
        await _leave_pages(sqlite_store, None)
        said.append(await _pay(sqlite_store, owner, finance, now))
        assert len(said) > before
    async with sqlite_store.reading() as uow:
        assert await _booked(uow) == {each.id for each in said}
        assert await uow.ledger.balance(owner.require_customer().id) == Money(OWED - PAID * len(said))
    assert await list_broken(sqlite_store) == []


async def _fill(store: Store, owner: Actor, finance: Actor, said: list[Receipt], now: datetime) -> Exception:
    for _each in range(MOST):
        try:
            said.append(await _pay(store, owner, finance, now))
        except Exception as fault:
            return fault
    raise AssertionError("the disk was never full")


def _paid(owner: Actor, payment_id: int) -> Posting:
    accounts = (Account.BANK, Account.RECEIVABLE)
    voucher, kind = Voucher.PAYMENT, EntryKind.PAYMENT
    return posting(owner, *accounts, PAID, payment_id, voucher=voucher, kind=kind)


async def _booked(uow: UnitOfWork) -> set[int]:
    return set(await uow.connection.scalars(select(payments.c.receipt_id)))


async def test_money_that_is_booked_in_several_steps_is_left_half_booked(
    sqlite_store: Store, people: tuple[Actor, Actor], now: datetime
) -> None:
    """The negative control: the payment in one transaction, what it does to the books in the next."""
    owner, finance = people
    for _trial in range(60):
        await _leave_pages(sqlite_store, 1)
        with pytest.raises(OperationalError):
            await _book_in_steps(sqlite_store, owner, finance, now)
        await _leave_pages(sqlite_store, None)
        async with sqlite_store.reading() as uow:
            if (await find_violations(uow, now))[0]:
                return
    raise AssertionError("it was never half booked")


async def _book_in_steps(store: Store, owner: Actor, finance: Actor, now: datetime) -> None:
    customer_id = owner.require_customer().id
    for _each in range(MOST):
        payment = Payment(customer_id=customer_id, amount=Money(PAID), paid_on=TODAY)
        async with store.unit_of_work() as uow:
            kept = await uow.settling.put_payment(payment, now, finance.staff_id)
        async with store.unit_of_work() as uow:
            await allocate(uow, customer_id, Voucher.PAYMENT, kept.id, kept.amount, now)
            await post(uow, _paid(owner, kept.id))
