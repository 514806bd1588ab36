"""Rule R7 on both databases: the example day by day, what stops reminders, and that nothing comes twice."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from domain.balances import PromiseState
from domain.credit import HoldKind
from domain.ledger import Voucher
from domain.money import Money, of_toman
from domain.quiet_hours import next_allowed
from domain.receipts import Proof
from domain.reminders import NEVER
from domain.staff import Role
from jobs.reminders import sweep_reminders
from services.disputes import answer_dispute, open_dispute
from services.notifications import why_not
from services.promises import make_promise
from services.receipts import send_receipt
from storage.tables.claims import promises, tasks
from storage.tables.people import contact_roles, preferences
from storage.unit_of_work import Store, open_store
from tests.builders.ledger import a_bookkeeper, a_payment, a_received_cheque, an_invoice
from tests.builders.orders import a_member_of_staff
from tests.builders.reminders import (
    a_debtor,
    at,
    jalali,
    levels,
    looked_after,
    next_look,
    r7_invoice,
    swept,
    told,
)

EVERY_DAY = [jalali(8, 15) + timedelta(days=each) for each in range(21)]
"""15 Aban to 5 Azar 1405."""


def days_until(last: date, first: date = EVERY_DAY[0]) -> list[date]:
    return [first + timedelta(days=each) for each in range((last - first).days + 1)]


async def test_r7_day_by_day(store: Store) -> None:
    """08/21, 08/24 and 08/27; a promise; silence but for the note; broken on 09/04 with level 4."""
    async with store.unit_of_work() as uow:
        owner = await a_debtor(uow)
        finance = await a_bookkeeper(uow)
        invoice = await r7_invoice(uow, owner)
    assert await swept(store, days_until(jalali(8, 27))) == {
        jalali(8, 21): 1,
        jalali(8, 24): 1,
        jalali(8, 27): 1,
    }
    async with store.unit_of_work() as uow:
        await make_promise(uow, owner, invoice.id, jalali(9, 2), None, at(8, 27, 10))
    assert await swept(store, days_until(jalali(9, 3), jalali(8, 28))) == {jalali(9, 2): 1}
    assert await swept(store, [jalali(9, 4)]) == {jalali(9, 4): 1}
    assert await levels(store, invoice.id) == [
        (jalali(8, 21), 0),
        (jalali(8, 24), 1),
        (jalali(8, 27), 2),
        (jalali(9, 2), -1),
        (jalali(9, 4), 4),
    ]
    kinds = [row.kind for row in await told(store, "payment_reminder", "promise_today", "promise_broken")]
    assert kinds == [*["payment_reminder"] * 3, "promise_today", "promise_broken"]
    (alert,) = await told(store, "promise_broken_alert")
    assert alert.staff_id == finance.staff_id
    async with store.reading() as uow:
        (promise,) = await uow.ledger.list_promises(invoice.id)
        assert promise.state is PromiseState.BROKEN
        ratio = await uow.promises.kept_ratio()
        assert (ratio.kept, ratio.broken) == (0, 1)
        assert (await uow.credit.standing(invoice.customer_id, at(9, 4))).has_broken_promise


async def test_messages_wait_for_allowed_hours_and_working_days(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner = await a_debtor(uow)
        invoice = await an_invoice(uow, owner, 90_000_000, jalali(8, 25), now=at(8, 1))
    friday, saturday = jalali(8, 22), jalali(8, 23)
    assert friday.weekday() == 4
    assert await swept(store, [friday]) == {}
    assert await swept(store, [saturday], hour=8) == {}
    assert await swept(store, [saturday], hour=14) == {}
    assert await swept(store, [saturday], hour=16) == {saturday: 1}
    assert await levels(store, invoice.id) == [(saturday, 0)]


async def test_after_days_of_silence_only_the_highest_level_is_told(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner = await a_debtor(uow)
        invoice = await r7_invoice(uow, owner)
    assert await swept(store, [jalali(9, 1)]) == {jalali(9, 1): 1}
    assert await levels(store, invoice.id) == [(jalali(9, 1), 3)]
    assert await next_look(store, invoice.id) == jalali(9, 8)


async def test_one_message_for_all_invoices_and_not_two_a_day(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner = await a_debtor(uow)
        first = await r7_invoice(uow, owner)
        second = await an_invoice(uow, owner, 60_000_000, jalali(8, 24), now=at(8, 1))
    assert await swept(store, [jalali(8, 24)] * 3) == {jalali(8, 24): 1}
    (row,) = await told(store, "payment_reminder")
    assert [each[0] for each in row.facts["items"]] == [first.id, second.id]
    assert row.key == f"dunning:{owner.customer_id}:{jalali(8, 24).isoformat()}:{owner.contact_id}"
    assert row.expires_at == at(8, 25, 0)
    async with store.unit_of_work() as uow:
        await an_invoice(uow, owner, 70_000_000, jalali(8, 24), now=at(8, 1))
    assert await swept(store, [jalali(8, 24)]) == {}
    assert await swept(store, [jalali(8, 25)]) == {jalali(8, 25): 1}


async def test_three_a_week_are_enough_until_it_is_grave(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner = await a_debtor(uow)
        for day in (23, 24, 25, 26):
            await an_invoice(uow, owner, 60_000_000, jalali(8, day), now=at(8, 1))
        grave = await an_invoice(uow, owner, 60_000_000, jalali(8, 13), now=at(8, 1))
    async with store.unit_of_work() as uow:
        await uow.reminders.put(grave.customer_id, [(grave.id, 3)], "before", jalali(8, 12), at(8, 12))
    days = days_until(jalali(8, 27), jalali(8, 23))
    assert await swept(store, days) == {
        jalali(8, 23): 1,
        jalali(8, 24): 1,
        jalali(8, 25): 1,
        jalali(8, 27): 1,
    }
    assert (jalali(8, 27), 4) in await levels(store, grave.id)


async def test_a_trifle_is_not_worth_a_message(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner = await a_debtor(uow)
        small = await an_invoice(uow, owner, 4_999_990, jalali(8, 24), now=at(8, 1))
    assert await swept(store, [jalali(8, 24)]) == {}
    assert await next_look(store, small.id) == jalali(8, 27)
    async with store.unit_of_work() as uow:
        await an_invoice(uow, owner, 10, jalali(8, 24), now=at(8, 1))
    assert await swept(store, [jalali(8, 25)]) == {jalali(8, 25): 1}


async def test_a_dispute_keeps_its_invoice_quiet_until_it_is_answered(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, finance = await a_debtor(uow), await a_bookkeeper(uow)
        invoice = await r7_invoice(uow, owner)
        dispute = await open_dispute(uow, owner, Voucher.INVOICE, invoice.id, at(8, 20))
    assert await swept(store, days_until(jalali(8, 25))) == {}
    async with store.unit_of_work() as uow:
        await answer_dispute(uow, finance, dispute.id, "درست است", at(8, 25, 12))
    assert await swept(store, [jalali(8, 26)]) == {jalali(8, 26): 1}
    assert await levels(store, invoice.id) == [(jalali(8, 26), 1)]


async def test_a_receipt_under_review_keeps_quiet_for_two_days(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, _finance = await a_debtor(uow), await a_bookkeeper(uow)
        invoice = await r7_invoice(uow, owner)
        proof = Proof(tracking="88412037")
        await send_receipt(
            uow, owner, of_toman(1_000_000), jalali(8, 23), proof, at(8, 23, 12), invoice_id=invoice.id
        )
    assert await swept(store, days_until(jalali(8, 25), jalali(8, 24))) == {}
    assert await swept(store, [jalali(8, 26)]) == {jalali(8, 26): 1}


async def test_a_cheque_in_hand_covers_the_invoice(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, _finance = await a_debtor(uow), await a_bookkeeper(uow)
        await a_received_cheque(uow, owner, 123_000_000, jalali(10, 1), now=at(8, 3))
        invoice = await r7_invoice(uow, owner)
    assert await swept(store, days_until(jalali(9, 20))) == {}
    assert await levels(store, invoice.id) == []


async def test_what_is_paid_is_not_reminded_of(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, finance = await a_debtor(uow), await a_bookkeeper(uow)
        invoice = await r7_invoice(uow, owner)
        await a_payment(uow, finance, owner, 123_000_000, now=at(8, 20))
    assert await swept(store, EVERY_DAY) == {}
    assert await levels(store, invoice.id) == []


async def test_a_message_is_withdrawn_when_it_is_paid_before_it_is_told(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, finance = await a_debtor(uow), await a_bookkeeper(uow)
        invoice = await r7_invoice(uow, owner)
    now = at(8, 24)
    await sweep_reminders(store, now)
    async with store.unit_of_work() as uow:
        (claimed,) = await uow.outbox.claim(now, 10)
        assert await why_not(uow, claimed, now) is None
        await a_payment(uow, finance, owner, 10, to_invoice=invoice.id, now=now)
    async with store.unit_of_work() as uow:
        assert await why_not(uow, claimed, now) is not None


async def test_nothing_is_repeated_after_a_restart_or_a_jump_of_the_clock(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner = await a_debtor(uow)
        invoice = await r7_invoice(uow, owner)
    jumps = [jalali(8, 24), jalali(8, 25), jalali(8, 24), jalali(8, 23), jalali(8, 21), jalali(8, 24)]
    assert await swept(store, jumps) == {jalali(8, 24): 1}
    assert await swept(store, [jalali(8, 27), jalali(8, 26), jalali(8, 27)]) == {jalali(8, 27): 1}
    assert await levels(store, invoice.id) == [(jalali(8, 24), 1), (jalali(8, 27), 2)]


async def test_nobody_may_see_the_balance_so_finance_has_to_do_something(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner = await a_debtor(uow)
        await uow.connection.execute(
            update(contact_roles)
            .where(contact_roles.c.contact_id == owner.contact_id)
            .values(may_see_balance=False)
        )
        await r7_invoice(uow, owner)
    assert await swept(store, [jalali(8, 21), jalali(8, 24)]) == {}
    async with store.reading() as uow:
        found = (await uow.connection.execute(select(tasks))).all()
        assert [(row.kind, row.role, row.customer_id) for row in found] == [
            ("nobody_reminded", "finance", owner.customer_id)
        ]


async def test_whoever_wants_no_reminders_hears_of_the_stop_all_the_same(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, _finance = await a_debtor(uow), await a_bookkeeper(uow)
        await r7_invoice(uow, owner)
        await uow.connection.execute(
            preferences.insert().values(contact_id=owner.contact_id, reminders=False)
        )
    assert await swept(store, days_until(jalali(9, 23))) == {}
    assert await swept(store, [jalali(9, 24)]) == {jalali(9, 24): 1}


async def test_a_contact_is_told_in_the_hours_of_their_own(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner = await a_debtor(uow)
        await r7_invoice(uow, owner)
        await uow.connection.execute(preferences.insert().values(contact_id=owner.contact_id, hours="16-18"))
    assert await swept(store, [jalali(8, 24)]) == {jalali(8, 24): 1}
    (row,) = await told(store, "payment_reminder")
    assert row.due_at == at(8, 24, 16)
    assert next_allowed(row.due_at, ((16, 18),), ()) == row.due_at


@pytest.mark.parametrize(("segment", "called"), [("A", True), ("B", True), ("C", False), (None, False)])
async def test_levels_tell_the_visitor_and_let_the_account_manager_call(
    store: Store, segment: str | None, called: bool
) -> None:
    async with store.unit_of_work() as uow:
        owner = await a_debtor(uow, segment=segment)
        manager = await a_member_of_staff(uow, Role.MANAGER)
        assert manager.staff_id is not None
        await looked_after(uow, owner, manager.staff_id)
        await r7_invoice(uow, owner)
    await swept(store, days_until(jalali(9, 1)))
    async with store.reading() as uow:
        found = (await uow.connection.execute(select(tasks.c.kind, tasks.c.staff_id, tasks.c.due_on))).all()
    assert [tuple(row) for row in found] == (
        [("reminder_call", manager.staff_id, jalali(9, 1))] if called else []
    )
    await swept(store, days_until(jalali(9, 8), jalali(9, 2)))
    async with store.reading() as uow:
        calls = (await uow.connection.execute(select(tasks.c.kind, tasks.c.due_on))).all()
    assert ("reminder_call", jalali(9, 8)) in [tuple(row) for row in calls]
    (warned,) = await told(store, "debt_warned")
    assert warned.staff_id == manager.staff_id


async def test_credit_stops_after_thirty_days_and_is_back_on_the_day_of_the_payment(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, finance = await a_debtor(uow), await a_bookkeeper(uow)
        invoice = await r7_invoice(uow, owner)
    days = days_until(jalali(9, 24))
    assert jalali(9, 24) in await swept(store, days)
    async with store.reading() as uow:
        (hold,) = await uow.credit.list_holds(invoice.customer_id)
        assert (hold.kind, hold.subject_id) == (HoldKind.OVERDUE, invoice.id)
    (stopped,) = await told(store, "credit_stopped")
    assert stopped.staff_id == finance.staff_id
    assert await swept(store, days_until(jalali(9, 28), jalali(9, 25))) == {}
    async with store.unit_of_work() as uow:
        await a_payment(uow, finance, owner, 123_000_000, now=at(9, 28, 18))
    assert await sweep_reminders(store, at(9, 28, 22)) == 1
    assert await sweep_reminders(store, at(9, 28, 22)) == 0
    async with store.reading() as uow:
        assert await uow.credit.list_holds(invoice.customer_id) == ()
    assert [row.kind for row in await told(store, "credit_back")] == ["credit_back"]


async def test_credit_of_an_a_stops_when_their_own_days_have_passed(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, _finance = await a_debtor(uow, segment="A"), await a_bookkeeper(uow)
        invoice = await r7_invoice(uow, owner)
    await swept(store, days_until(jalali(9, 30)))
    async with store.reading() as uow:
        assert await uow.credit.list_holds(invoice.customer_id) == ()
    last = invoice.due_on + timedelta(days=45)
    await swept(store, days_until(last, jalali(10, 1)))
    assert (await levels(store, invoice.id))[-1] == (last, 5)


async def test_a_promise_that_was_paid_is_kept_and_one_paid_in_part_is_broken(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, finance = await a_debtor(uow), await a_bookkeeper(uow)
        whole = await r7_invoice(uow, owner)
        part = await r7_invoice(uow, owner, 21_310)
        for each, rials in ((whole, 123_000_000), (part, 50_000_000)):
            await make_promise(uow, owner, each.id, jalali(9, 2), Money(rials), at(8, 27, 10))
        await a_payment(uow, finance, owner, 123_000_000, to_invoice=whole.id, now=at(9, 1, 11))
        await a_payment(uow, finance, owner, 49_999_000, to_invoice=part.id, now=at(9, 1, 12))
    await swept(store, days_until(jalali(9, 4), jalali(9, 1)))
    async with store.reading() as uow:
        rows = (await uow.connection.execute(select(promises.c.invoice_id, promises.c.state))).all()
        assert {row[0]: row[1] for row in rows} == {whole.id: "kept", part.id: "broken"}
        assert (await uow.promises.kept_ratio()).rate is not None
        assert (await uow.credit.standing(whole.customer_id, at(9, 4))).has_broken_promise
    async with store.unit_of_work() as uow:
        await a_payment(uow, finance, owner, 73_001_000, to_invoice=part.id, now=at(9, 5, 12))
    async with store.reading() as uow:
        assert not (await uow.credit.standing(whole.customer_id, at(9, 5, 13))).has_broken_promise


async def test_an_invoice_of_today_is_not_asked_for_today(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner = await a_debtor(uow)
        invoice = await an_invoice(uow, owner, 90_000_000, jalali(8, 24), now=at(8, 24, 11))
    assert await swept(store, [jalali(8, 24)], hour=12) == {}
    assert await next_look(store, invoice.id) == jalali(8, 25)


async def test_when_all_was_said_nobody_looks_again(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, _finance = await a_debtor(uow), await a_bookkeeper(uow)
        invoice = await r7_invoice(uow, owner)
    await swept(store, days_until(jalali(9, 25)))
    assert await next_look(store, invoice.id) == NEVER


async def test_two_processes_that_sweep_at_once_tell_it_once(store: Store, database_url: str) -> None:
    async with store.unit_of_work() as uow:
        for number in range(6):
            owner = await a_debtor(uow, name=f"سالن {number}")
            await r7_invoice(uow, owner, 30_000 + number)
    other = open_store(database_url)
    try:
        counts = await asyncio.gather(
            *(sweep_reminders(each, at(8, 24)) for each in (store, other, store, other))
        )
    finally:
        await other.close()
    assert sum(counts) == 6
    rows = await told(store, "payment_reminder")
    assert len({row.subject_id for row in rows}) == len(rows) == 6
