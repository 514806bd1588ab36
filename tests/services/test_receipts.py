from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.actors import Actor, Rights
from domain.errors import (
    AlreadyDecided,
    ChangedMeanwhile,
    NotAllowed,
    NotAProof,
    NotFound,
    PaidInTheFuture,
    Refusal,
    SamePerson,
    TrackingUsed,
)
from domain.money import ZERO, Money
from domain.receipts import Proof, Receipt, ReceiptState, RejectReason
from services.receipt_desk import (
    SECOND_FROM,
    approve_receipt,
    change_amount,
    change_invoice,
    invoices_of,
    list_receipts,
    open_receipt,
    photo_of,
    reject_receipt,
)
from services.receipts import debts, keep_photo, send_receipt
from storage.tables.ledger import payments
from storage.tables.messages import notifications
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.ledger import TODAY, a_bookkeeper, an_invoice, an_owner
from tests.conftest import NOW
from tests.sandbox.support import png

AMOUNT = Money(1_000_000)
TRANSFER = Proof(tracking="88412037")


async def sent(uow: UnitOfWork, owner: Actor, proof: Proof = TRANSFER, amount: Money = AMOUNT) -> Receipt:
    return await send_receipt(uow, owner, amount, TODAY, proof, NOW)


async def told(uow: UnitOfWork) -> list[str]:
    return list(await uow.connection.scalars(select(notifications.c.kind).order_by(notifications.c.id)))


async def booked(uow: UnitOfWork) -> tuple[int, int]:
    counted = select(func.count(), func.coalesce(func.sum(payments.c.amount_rials), 0))
    row = (await uow.connection.execute(counted)).one()
    return int(row[0]), int(row[1])


async def test_a_receipt_changes_nothing_until_finance_approves_it(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
        invoice = await an_invoice(uow, owner, AMOUNT.rials)
        receipt = await sent(uow, owner)
    async with store.reading() as uow:
        assert await uow.ledger.balance(owner.customer_id or 0) == AMOUNT
        (card,) = (await list_receipts(uow, clerk, 1))[0]
        assert (card.number, card.customer_name, card.state) == (
            1_001,
            "سالن زیبایی نگین",
            ReceiptState.PENDING,
        )
        assert await told(uow) == ["receipt_sent"]
    async with store.unit_of_work() as uow:
        await approve_receipt(uow, clerk, receipt.id, receipt.version, NOW)
    async with store.reading() as uow:
        assert await uow.ledger.balance(owner.customer_id or 0) == ZERO
        assert (await uow.invoices.get(invoice.id, of=owner)).open == ZERO
        assert (await list_receipts(uow, clerk, 1))[0] == ()
        assert await told(uow) == ["receipt_sent", "receipt_approved"]
        assert await booked(uow) == (1, AMOUNT.rials)


async def test_a_transfer_pays_once_also_when_it_is_sent_twice_at_once(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, other = await an_owner(uow), await an_owner(uow, "سالن رز")

    async def send(by: Actor) -> str:
        try:
            async with store.unit_of_work() as uow:
                await sent(uow, by)
        except TrackingUsed as error:
            return f"{error.tracking} of {error.paid_on}"
        return "sent"

    assert sorted(await asyncio.gather(send(owner), send(other))) == [f"88412037 of {TODAY}", "sent"]


async def test_a_rejected_transfer_may_be_sent_again(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
        receipt = await sent(uow, owner)
        with pytest.raises(TrackingUsed):
            await sent(uow, owner)
    async with store.unit_of_work() as uow:
        await reject_receipt(uow, clerk, receipt.id, receipt.version, RejectReason.NOT_SEEN, NOW)
        again = await sent(uow, owner)
        assert again.number == receipt.number + 2
    async with store.reading() as uow:
        assert await booked(uow) == (0, 0)
        assert "receipt_rejected" in await told(uow)


async def test_what_was_shown_is_what_is_decided(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
        invoice = await an_invoice(uow, owner, AMOUNT.rials)
        receipt = await sent(uow, owner)
    async with store.unit_of_work() as uow:
        card = await change_amount(uow, clerk, receipt.id, 0, Money(400_000), NOW)
        assert card.proposal[0].amount == Money(400_000)
        with pytest.raises(ChangedMeanwhile):
            await approve_receipt(uow, clerk, receipt.id, 0, NOW)
        with pytest.raises(NotFound):
            await change_invoice(uow, clerk, receipt.id, 1, 999, NOW)
        card = await change_invoice(uow, clerk, receipt.id, 1, invoice.id, NOW)
        assert [each.id for each in await invoices_of(uow, clerk, receipt.id)] == [invoice.id]
        await approve_receipt(uow, clerk, receipt.id, card.receipt.version, NOW)
        with pytest.raises(AlreadyDecided):
            await approve_receipt(uow, clerk, receipt.id, card.receipt.version, NOW)
    async with store.reading() as uow:
        assert (await uow.invoices.get(invoice.id, of=owner)).open == Money(600_000)
        assert (await open_receipt(uow, clerk, receipt.id)).receipt.state is ReceiptState.APPROVED


async def test_what_nobody_owes_stays_credit(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
        receipt = await sent(uow, owner)
        card = await approve_receipt(uow, clerk, receipt.id, 0, NOW)
        assert (card.proposal, card.left) == ((), AMOUNT)
    async with store.reading() as uow:
        assert await uow.ledger.balance(owner.customer_id or 0) == -AMOUNT


@pytest.mark.parametrize("racers", [2, 6])
async def test_two_approvals_at_once_book_once(store: Store, racers: int) -> None:
    """F-13: of a race of approvals one has its effect."""
    async with store.unit_of_work() as uow:
        owner = await an_owner(uow)
        clerks = [await a_bookkeeper(uow) for _each in range(racers)]
        receipt = await sent(uow, owner)
    outcomes = await race(store, clerks, receipt)
    assert outcomes.count("done") == 1
    async with store.reading() as uow:
        assert await booked(uow) == (1, AMOUNT.rials)


async def test_two_people_must_agree_on_much_and_one_is_never_two(store: Store) -> None:
    """F-13: the second approval is somebody else's, also when the first one taps again and again."""
    async with store.unit_of_work() as uow:
        await uow.company.decide(SECOND_FROM, AMOUNT.rials, NOW)
        owner, first, second = await an_owner(uow), await a_bookkeeper(uow), await a_bookkeeper(uow)
        receipt = await sent(uow, owner)
        card = await approve_receipt(uow, first, receipt.id, 0, NOW)
        assert card.receipt.state is ReceiptState.SECONDED
    async with store.unit_of_work() as uow:
        assert await booked(uow) == (0, 0)
        with pytest.raises(SamePerson):
            await approve_receipt(uow, first, receipt.id, 1, NOW)
        assert not (await open_receipt(uow, first, receipt.id)).may_decide
        assert (await open_receipt(uow, second, receipt.id)).first_by is not None
    outcomes = await race(store, [first, second, first], replace(receipt, version=1))
    assert outcomes.count("done") == 1
    async with store.reading() as uow:
        assert await booked(uow) == (1, AMOUNT.rials)
        assert "receipt_seconded" in await told(uow)


async def race(store: Store, clerks: Sequence[Actor], receipt: Receipt) -> list[str]:
    async def approve(clerk: Actor) -> str:
        try:
            async with store.unit_of_work() as uow:
                await approve_receipt(uow, clerk, receipt.id, receipt.version, NOW)
        except Refusal as error:
            return type(error).__name__
        return "done"

    return list(await asyncio.gather(*(approve(each) for each in clerks)))


async def test_who_may_not_see_the_balance_sends_no_receipts(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner = await an_owner(uow)
        blind = replace(owner, rights=Rights(may_order=True))
        with pytest.raises(NotAllowed):
            await sent(uow, blind)
        with pytest.raises(NotAllowed):
            await debts(uow, blind)
        with pytest.raises(PaidInTheFuture):
            await send_receipt(uow, owner, AMOUNT, TODAY + timedelta(days=1), TRANSFER, NOW)


async def test_receipts_of_others_do_not_exist(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, other = await an_owner(uow), await an_owner(uow, "سالن رز")
        invoice = await an_invoice(uow, owner, AMOUNT.rials)
        receipt = await sent(uow, owner)
        with pytest.raises(NotFound):
            await debts(uow, other, invoice.id)
        with pytest.raises(NotFound):
            await send_receipt(uow, other, AMOUNT, TODAY, Proof(last_four="1234"), NOW, invoice_id=invoice.id)
        for stranger in (owner, other):
            with pytest.raises(NotFound):
                await open_receipt(uow, stranger, receipt.id)
            with pytest.raises(NotFound):
                await approve_receipt(uow, stranger, receipt.id, 0, NOW)


async def test_the_photo_is_kept_and_what_is_no_photo_is_refused(sqlite_store: Store) -> None:
    async with sqlite_store.unit_of_work() as uow:
        owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
        kept = await keep_photo(uow, owner, "r.png", "image/png", png(4, 4), NOW)
        with pytest.raises(NotAProof):
            await keep_photo(uow, owner, "r.png", "image/png", b"MZ", NOW)
        with_photo = await send_receipt(uow, owner, AMOUNT, TODAY, TRANSFER, NOW, photo_id=kept)
        assert await photo_of(uow, clerk, with_photo.id) == (kept, True)
        without = await sent(uow, owner, Proof(last_four="1234"))
        with pytest.raises(NotFound):
            await photo_of(uow, clerk, without.id)
