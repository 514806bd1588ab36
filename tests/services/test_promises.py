"""Promises of payment, objections and calls, and what finance keeps of reminders, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from domain.actors import Rights
from domain.balances import PromiseState
from domain.disputes import DisputeSubject
from domain.errors import AlreadyDecided, NotAllowed, NotFound
from domain.money import Money
from domain.reminder_errors import (
    AlreadyPromised,
    LevelOutOfOrder,
    NoMorePromises,
    NothingOwed,
    TooManyAccounts,
)
from domain.staff import Role
from services import bank_accounts, reminder_rules
from services.promises import list_promisable, list_promises, make_promise, open_promise
from services.reminder_answers import ask_call, ask_coordination, object_to
from storage.tables.audit import audit
from storage.tables.claims import tasks
from storage.unit_of_work import Store
from tests.builders.ledger import a_bookkeeper, a_payment, an_invoice
from tests.builders.orders import a_member_of_staff
from tests.builders.reminders import a_debtor, at, jalali, looked_after, next_look, r7_invoice, swept, told

SHEBAS = ("IR160120000000001234567890", "IR420570000000000987654321", "IR650170000000005555555501")


async def test_a_promise_is_kept_with_its_invoice_and_its_audit(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, finance = await a_debtor(uow), await a_bookkeeper(uow)
        invoice = await r7_invoice(uow, owner)
        promise = await make_promise(uow, owner, invoice.id, jalali(9, 2), None, at(8, 27, 10))
    assert await next_look(store, invoice.id) == jalali(9, 2)
    async with store.reading() as uow:
        (kept,) = await uow.ledger.list_promises(invoice.id)
        assert (kept.amount, kept.on, kept.state) == (invoice.open, jalali(9, 2), PromiseState.OPEN)
        assert await uow.audit.list_of("promise", promise.id) != ()
        (line,), has_more, ratio = await list_promises(uow, finance, PromiseState.OPEN, 1)
        assert (line.invoice_number, has_more, ratio.rate) == (21_045, False, None)


async def test_a_second_promise_waits_for_the_first_and_a_third_is_refused(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, _finance = await a_debtor(uow), await a_bookkeeper(uow)
        invoice = await r7_invoice(uow, owner)
        await make_promise(uow, owner, invoice.id, jalali(8, 28), None, at(8, 27, 10))
        with pytest.raises(AlreadyPromised):
            await make_promise(uow, owner, invoice.id, jalali(8, 30), None, at(8, 27, 11))
    await swept(store, [jalali(9, 1), jalali(9, 2)])
    async with store.unit_of_work() as uow:
        await make_promise(uow, owner, invoice.id, jalali(9, 4), None, at(9, 2, 10))
    await swept(store, [jalali(9, 8)])
    async with store.unit_of_work() as uow:
        with pytest.raises(NoMorePromises):
            await open_promise(uow, owner, invoice.id, at(9, 8, 10))


async def test_nobody_promises_for_somebody_else_or_without_the_right(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, rival = await a_debtor(uow), await a_debtor(uow, name="رقیب")
        invoice = await r7_invoice(uow, owner)
        blind = replace(owner, rights=Rights(may_order=True))
        with pytest.raises(NotFound):
            await make_promise(uow, rival, invoice.id, jalali(9, 2), None, at(8, 27))
        with pytest.raises(NotAllowed):
            await make_promise(uow, blind, invoice.id, jalali(9, 2), None, at(8, 27))
        with pytest.raises(NotFound):
            await object_to(uow, rival, invoice.id, DisputeSubject.PAID, at(8, 27))
        with pytest.raises(NotAllowed):
            await ask_call(uow, blind, at(8, 27))


async def test_what_is_paid_needs_no_promise(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, finance = await a_debtor(uow), await a_bookkeeper(uow)
        invoice = await r7_invoice(uow, owner)
        later = await an_invoice(uow, owner, 60_000_000, jalali(9, 20), now=at(8, 1))
        assert [each.id for each in await list_promisable(uow, owner, at(8, 27))] == [invoice.id]
        await a_payment(uow, finance, owner, 123_000_000, to_invoice=invoice.id, now=at(8, 26))
        with pytest.raises(NothingOwed):
            await open_promise(uow, owner, invoice.id, at(8, 27))
        assert [each.id for each in await list_promisable(uow, owner, at(8, 27))] == [later.id]


async def test_a_call_is_asked_for_once_a_day(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, finance = await a_debtor(uow), await a_bookkeeper(uow)
        await r7_invoice(uow, owner)
        assert [await ask_call(uow, owner, at(8, 27)) for _again in range(3)] == ["", "", ""]
        await ask_coordination(uow, owner, at(8, 27))
    assert [row.staff_id for row in await told(store, "call_wanted")] == [finance.staff_id]
    async with store.unit_of_work() as uow:
        manager = await a_member_of_staff(uow, Role.SUPPORT)
        assert manager.staff_id is not None
        await looked_after(uow, owner, manager.staff_id)
        assert await ask_call(uow, owner, at(8, 28)) != ""
    async with store.reading() as uow:
        rows = (
            await uow.connection.execute(select(tasks.c.kind, tasks.c.staff_id).order_by(tasks.c.id))
        ).all()
    assert [tuple(row) for row in rows] == [
        ("call_wanted", None),
        ("instalments_wanted", None),
        ("call_wanted", manager.staff_id),
    ]


async def test_levels_are_changed_by_finance_alone_and_written_down(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, finance = await a_debtor(uow), await a_bookkeeper(uow)
        manager = await a_member_of_staff(uow, Role.MANAGER)
        invoice = await r7_invoice(uow, owner)
    await swept(store, [jalali(8, 21)])
    assert await next_look(store, invoice.id) == jalali(8, 24)
    async with store.unit_of_work() as uow:
        with pytest.raises(NotFound):
            await reminder_rules.set_days(uow, manager, 1, 1, at(8, 21, 10))
        with pytest.raises(LevelOutOfOrder):
            await reminder_rules.set_days(uow, finance, 1, 3, at(8, 21, 10))
        with pytest.raises(NotFound):
            await reminder_rules.switch(uow, finance, 6, at(8, 21, 10), is_on=False)
        await reminder_rules.set_days(uow, finance, 1, -1, at(8, 21, 10))
        (_ladder, may_change) = await reminder_rules.open_levels(uow, manager)
        assert not may_change
    assert await next_look(store, invoice.id) is None
    assert await swept(store, [jalali(8, 23)]) == {jalali(8, 23): 1}
    async with store.reading() as uow:
        facts = await uow.connection.scalar(select(audit.c.facts).where(audit.c.action == "reminders.level"))
    assert facts == {"level": 1, "old": {"days": 0, "on": True}, "new": {"days": -1, "on": True}}


async def test_accounts_to_pay_to_are_kept_and_every_manager_hears_of_it(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, finance = await a_debtor(uow), await a_bookkeeper(uow)
        manager = await a_member_of_staff(uow, Role.MANAGER)
        for sheba in SHEBAS[:2]:
            await bank_accounts.add_account(uow, finance, sheba, "", at(8, 21))
        await bank_accounts.add_account(uow, finance, SHEBAS[0], "6104337700000001", at(8, 21))
        shown = await bank_accounts.open_accounts(uow, owner, "پخش")
        assert [(each.sheba, each.card) for each in shown.accounts] == [
            (SHEBAS[1], ""),
            (SHEBAS[0], "6104337700000001"),
        ]
        assert (shown.holder, shown.may_change) == ("پخش", False)
        with pytest.raises(NotFound):
            await bank_accounts.drop_account(uow, manager, shown.accounts[0].id, at(8, 21))
        await bank_accounts.drop_account(uow, finance, shown.accounts[0].id, at(8, 21))
        with pytest.raises(AlreadyDecided):
            await bank_accounts.drop_account(uow, finance, shown.accounts[0].id, at(8, 21))
    assert {row.staff_id for row in await told(store, "bank_accounts_changed")} == {manager.staff_id}
    assert len(await told(store, "bank_accounts_changed")) == 4


async def test_accounts_have_an_end(store: Store) -> None:
    async with store.unit_of_work() as uow:
        finance = await a_bookkeeper(uow)
        for number in range(6):
            await bank_accounts.add_account(uow, finance, f"IR{number:024}", "", at(8, 21))
        with pytest.raises(TooManyAccounts):
            await bank_accounts.require_room(uow, finance)
        with pytest.raises(TooManyAccounts):
            await bank_accounts.add_account(uow, finance, SHEBAS[0], "", at(8, 21))


async def test_a_promise_of_nothing_but_a_part_is_kept_by_that_part(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, finance = await a_debtor(uow), await a_bookkeeper(uow)
        invoice = await r7_invoice(uow, owner)
        await make_promise(uow, owner, invoice.id, jalali(9, 2), Money(12_300_000), at(8, 27, 10))
        await a_payment(uow, finance, owner, 12_300_000, to_invoice=invoice.id, now=at(8, 30, 10))
    found = await swept(store, [jalali(9, 4)])
    assert found == {jalali(9, 4): 1}, "the word was kept; what is left is reminded of by its day"
    async with store.reading() as uow:
        (promise,) = await uow.ledger.list_promises(invoice.id)
        assert promise.state is PromiseState.KEPT
    assert [row.facts["tone"] for row in await told(store, "payment_reminder")] == ["firm"]
