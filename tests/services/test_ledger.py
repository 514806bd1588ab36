from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.errors import ChangedMeanwhile, NotFound
from domain.ledger import Account, EntryKind, Voucher
from domain.money import ZERO, Money
from domain.settling import Payment
from services.ledger import allocate, post, receive_payment, take_back, take_back_posting, use_credit
from storage.unit_of_work import Store
from tests.builders.ledger import (
    TODAY,
    a_bookkeeper,
    a_payment,
    a_received_cheque,
    an_invoice,
    an_owner,
    posting,
)
from tests.conftest import NOW

LATER = TODAY + timedelta(days=10)


async def test_a_payment_settles_the_oldest_due_first(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
        newer = await an_invoice(uow, owner, 5_000, LATER)
        older = await an_invoice(uow, owner, 3_000, TODAY)
        await a_payment(uow, clerk, owner, 4_000)
    async with store.reading() as uow:
        open_now = await uow.invoices.list_open(owner.customer_id or 0)
        assert [(each.id, each.open) for each in open_now] == [(newer.id, Money(4_000))]
        assert (await uow.invoices.get(older.id, of=owner)).open == ZERO
        assert await uow.ledger.balance(owner.customer_id or 0) == Money(4_000)


async def test_a_named_invoice_is_settled_and_the_rest_waits(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
        named = await an_invoice(uow, owner, 5_000, LATER)
        older = await an_invoice(uow, owner, 3_000, TODAY)
        await a_payment(uow, clerk, owner, 6_000, to_invoice=named.id)
    async with store.reading() as uow:
        open_now = await uow.invoices.list_open(owner.customer_id or 0)
        assert [(each.id, each.open) for each in open_now] == [(older.id, Money(3_000))]
        (credit,) = await uow.settling.list_credits(owner.customer_id or 0)
        assert credit.unallocated == Money(1_000)
        assert await uow.ledger.balance(owner.customer_id or 0) == Money(2_000)


@pytest.mark.parametrize("paid", [99_995, 100_005])
async def test_five_rials_more_or_less_settle_and_are_posted_to_rounding(store: Store, paid: int) -> None:
    async with store.unit_of_work() as uow:
        owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
        await an_invoice(uow, owner, 100_000)
        payment = await a_payment(uow, clerk, owner, paid)
    async with store.reading() as uow:
        assert await uow.ledger.balance(owner.customer_id or 0) == ZERO
        assert await uow.invoices.list_open(owner.customer_id or 0) == ()
        assert await uow.settling.list_credits(owner.customer_id or 0) == ()
        known = await uow.ledger.list_postings(Voucher.PAYMENT, payment.id)
        (rounding,) = [each for each in known if each.kind is EntryKind.ROUNDING]
        assert rounding.amount == Money(5)
        assert Account.ROUNDING in {rounding.debit, rounding.credit}
        (entry,) = (await uow.ledger.list_entries(owner.customer_id or 0, TODAY, TODAY))[1:]
        assert (entry.kind, entry.amount) == (EntryKind.PAYMENT, Money(-100_000))


async def test_six_rials_stay_open(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
        await an_invoice(uow, owner, 100_000)
        await a_payment(uow, clerk, owner, 99_994)
    async with store.reading() as uow:
        (left,) = await uow.invoices.list_open(owner.customer_id or 0)
        assert left.open == Money(6)


@pytest.mark.parametrize("paid", [60_000, 99_996, 100_003, 250_000])
async def test_what_is_taken_back_is_owed_again_to_the_rial(store: Store, paid: int) -> None:
    async with store.unit_of_work() as uow:
        owner = await an_owner(uow)
        first = await an_invoice(uow, owner, 100_000)
        second = await an_invoice(uow, owner, 70_000, LATER)
        cheque_id = await a_received_cheque(uow, owner, paid, LATER)
    async with store.unit_of_work() as uow:
        await take_back(uow, owner.customer_id or 0, Voucher.CHEQUE, cheque_id, NOW)
    async with store.reading() as uow:
        open_now = await uow.invoices.list_open(owner.customer_id or 0)
        assert [each.open for each in open_now] == [Money(100_000), Money(70_000)]
        (credit,) = await uow.settling.list_credits(owner.customer_id or 0)
        assert credit.unallocated == Money(paid)
        assert await uow.ledger.balance(owner.customer_id or 0) == Money(170_000 - paid)
        assert await uow.settling.standing_allocations(Voucher.CHEQUE, cheque_id) == {}
    async with store.unit_of_work() as uow:
        again = await take_back(uow, owner.customer_id or 0, Voucher.CHEQUE, cheque_id, NOW)
        assert again == {}
        await use_credit(uow, owner.customer_id or 0, NOW)
    async with store.reading() as uow:
        assert (
            first.id not in {each.id for each in await uow.invoices.list_open(first.customer_id)}
            or paid < 99_995
        )
        assert second.id


async def test_no_more_is_settled_than_is_owed(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner = await an_owner(uow)
        invoice = await an_invoice(uow, owner, 100)
    with pytest.raises(ChangedMeanwhile):
        async with store.unit_of_work() as uow:
            await uow.invoices.settle(invoice.id, Money(101))
    with pytest.raises(ChangedMeanwhile):
        async with store.unit_of_work() as uow:
            await uow.invoices.settle(invoice.id, Money(-1))


async def test_another_customers_invoice_cannot_be_named(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, other, clerk = await an_owner(uow), await an_owner(uow, "دیگری"), await a_bookkeeper(uow)
        theirs = await an_invoice(uow, other, 100)
    with pytest.raises(NotFound):
        async with store.unit_of_work() as uow:
            await a_payment(uow, clerk, owner, 100, to_invoice=theirs.id)


async def test_only_bookkeepers_receive_payments(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner = await an_owner(uow)
    wanted = Payment(customer_id=owner.customer_id or 0, amount=Money(1), paid_on=TODAY)
    with pytest.raises(NotFound):
        async with store.unit_of_work() as uow:
            await receive_payment(uow, owner, wanted, NOW)


async def test_a_payment_leaves_an_audit_row(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
        payment = await a_payment(uow, clerk, owner, 100)
    async with store.reading() as uow:
        ((action, facts),) = await uow.audit.list_of("payment", payment.id)
        assert (action, facts["amount_rials"]) == ("payment.received", 100)


async def test_a_posting_can_be_mirrored_once(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner = await an_owner(uow)
        await post(
            uow, posting(owner, Account.BOUNCED, Account.CHEQUES, 700, 9, kind=EntryKind.CHEQUE_BOUNCED)
        )
        for _each in range(2):
            await take_back_posting(uow, Voucher.INVOICE, 9, EntryKind.CHEQUE_BOUNCED, NOW, None)
    async with store.reading() as uow:
        assert len(await uow.ledger.list_postings(Voucher.INVOICE, 9)) == 2
        assert await uow.ledger.balance(owner.customer_id or 0) == ZERO


async def test_a_future_day_is_not_posted(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
        payment = await a_payment(uow, clerk, owner, 100, date(2030, 1, 1))
    async with store.reading() as uow:
        (paid,) = await uow.ledger.list_postings(Voucher.PAYMENT, payment.id)
        assert paid.day == TODAY


async def test_what_a_source_no_longer_has_cannot_be_used(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
        await an_invoice(uow, owner, 100)
        payment = await a_payment(uow, clerk, owner, 100)
        await an_invoice(uow, owner, 100)
    with pytest.raises(ChangedMeanwhile):
        async with store.unit_of_work() as uow:
            await allocate(uow, owner.customer_id or 0, Voucher.PAYMENT, payment.id, Money(100), NOW)
