from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert

from domain.actors import Actor, Rights
from domain.balances import AgeBucket
from domain.disputes import DisputeState
from domain.errors import AlreadyDecided, NotADay, NotAllowed, NotApproved, NotFound
from domain.ledger import EntryKind, Voucher
from domain.money import ZERO, Money
from domain.periods import Period, last_month, last_months, month_of, typed_period
from domain.staff import Role
from domain.tasks import Task
from services.accounts import (
    numbered_invoice,
    open_balance,
    open_books,
    open_invoice,
    read_statement,
    readable,
)
from services.disputes import (
    answer_dispute,
    explain_dispute,
    keep_photo,
    list_disputes,
    open_dispute,
    photo_of,
    read_dispute,
)
from services.papers import sides
from services.tasks import finish_task, list_tasks
from storage.tables.claims import promises
from storage.tables.messages import notifications
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.ledger import TODAY, a_bookkeeper, a_payment, a_received_cheque, an_invoice, an_owner
from tests.builders.orders import a_member_of_staff
from tests.builders.people import a_stranger
from tests.conftest import NOW

ABAN = month_of(TODAY)
BEFORE = ABAN.first - timedelta(days=20)


async def told(uow: UnitOfWork, kind: str) -> int:
    rows = await uow.connection.execute(notifications.select().where(notifications.c.kind == kind))
    return len(rows.all())


async def test_a_balance_shows_what_is_overdue_due_and_promised(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner = await an_owner(uow)
        late = await an_invoice(uow, owner, 123_000_000, date(2026, 11, 15), number=21045)
        await an_invoice(uow, owner, 58_212_000, date(2026, 12, 2), number=21310)
        await a_received_cheque(uow, owner, 40_000, date(2026, 11, 26))
        await uow.connection.execute(
            insert(promises).values(
                customer_id=owner.customer_id,
                invoice_id=late.id,
                amount_rials=5,
                promised_on=date(2026, 11, 23),
                state="open",
                made_at=NOW,
            )
        )
    async with store.reading() as uow:
        balance = await open_balance(uow, owner, NOW)
        assert balance.amount == Money(181_172_000) == balance.standing.balance
        assert [each.number for each in balance.overdue] == [21045]
        assert balance.aging.by_bucket[AgeBucket.TO_7] == Money(122_960_000)
        assert [each.number for each in balance.upcoming] == [21310]
        assert balance.promise is not None
        assert balance.standing.uncleared == Money(40_000)
        view = await open_invoice(uow, owner, late.id, NOW)
        assert (view.overdue_days, len(view.promises)) == (6, 1)
        assert [each.amount for each in view.invoice.allocations] == [Money(40_000)]


async def test_a_statement_runs_from_the_balance_before_to_the_one_after(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
        await an_invoice(uow, owner, 148_000_000, BEFORE)
        await an_invoice(uow, owner, 123_000_000, TODAY, issued_on=date(2026, 10, 25))
        await a_received_cheque(uow, owner, 75_000_000, TODAY, received_on=date(2026, 10, 28))
        await a_payment(uow, clerk, owner, 73_000_000, date(2026, 11, 3))
    async with store.reading() as uow:
        found = await read_statement(uow, owner, owner.customer_id or 0, ABAN)
        assert found.opening == Money(148_000_000)
        assert [(line.entry.kind, line.balance.rials) for line in found.lines] == [
            (EntryKind.INVOICE, 271_000_000),
            (EntryKind.CHEQUE_RECEIVED, 196_000_000),
            (EntryKind.PAYMENT, 123_000_000),
        ]
        assert found.closing == await uow.ledger.balance(owner.customer_id or 0)
        earlier = await read_statement(uow, owner, owner.customer_id or 0, last_month(TODAY))
        assert (earlier.opening, earlier.closing) == (ZERO, Money(148_000_000))


async def test_only_those_who_may_see_an_account_see_it(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, other = await an_owner(uow), await an_owner(uow, "دیگری")
        invoice = await an_invoice(uow, owner, 5_000)
        blind = replace(owner, rights=Rights(may_order=True))
        customer_id = owner.customer_id or 0
        for actor, refusal in ((other, NotFound), (blind, NotAllowed)):
            for wanted in (
                readable(uow, actor, customer_id),
                read_statement(uow, actor, customer_id, ABAN),
                open_invoice(uow, actor, invoice.id, NOW),
            ):
                with pytest.raises(refusal):
                    await wanted
        assert await numbered_invoice(uow, other, invoice.number) is None
        assert await numbered_invoice(uow, owner, invoice.number) == invoice.id
        with pytest.raises(NotApproved):
            await open_invoice(uow, await a_stranger(uow), invoice.id, NOW)
        for role in (Role.FINANCE, Role.MANAGER):
            staff = await a_member_of_staff(uow, role)
            assert (await open_books(uow, staff, customer_id, NOW)).amount == Money(5_000)
            assert await numbered_invoice(uow, staff, invoice.number) == invoice.id
        for role in (Role.WAREHOUSE, Role.SUPPORT, Role.VISITOR):
            with pytest.raises(NotFound):
                await open_books(uow, await a_member_of_staff(uow, role), customer_id, NOW)
        with pytest.raises(NotFound):
            await open_balance(uow, await a_bookkeeper(uow), NOW)


async def test_a_document_names_both_sides(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner = await an_owner(uow)
        found = await sides(uow, owner.customer_id or 0, "پخش آرمان‌طب")
        assert found.seller.name == "پخش آرمان‌طب"
        assert found.buyer.name == "سالن زیبایی نگین"
        assert found.buyer.address.startswith("تهران")
        with pytest.raises(NotFound):
            await sides(uow, 999, "")


async def disputed(uow: UnitOfWork) -> tuple[Actor, Actor, int]:
    owner, clerk = await an_owner(uow), await a_bookkeeper(uow)
    payment = await a_payment(uow, clerk, owner, 73_000_000, date(2026, 11, 3))
    return owner, clerk, payment.id


async def test_a_dispute_opens_a_ticket_once_and_stops_reminders(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, clerk, payment_id = await disputed(uow)
        first = await open_dispute(uow, owner, Voucher.PAYMENT, payment_id, NOW)
        again = await open_dispute(uow, owner, Voucher.PAYMENT, payment_id, NOW)
        assert again.id == first.id
        assert first.entry is not None
        assert first.entry.kind is EntryKind.PAYMENT
        assert await uow.ledger.is_disputed(Voucher.PAYMENT, payment_id)
        assert not await uow.ledger.is_disputed(Voucher.INVOICE, payment_id)
        assert await told(uow, "dispute_opened") == 1
        (task,), has_more = await list_tasks(uow, clerk, 1)
        assert (task.kind, task.subject_id, has_more) == ("dispute", first.id, False)
        photo = await keep_photo(uow, "رسید.jpg", "image/jpeg", b"jpeg", NOW)
        await explain_dispute(uow, owner, first.id, "این واریز دو بار بود", photo, NOW)
        assert await told(uow, "dispute_explained") == 1
        assert await photo_of(uow, clerk, first.id) == photo


async def test_the_first_answer_counts_and_goes_to_whoever_asked(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, clerk, payment_id = await disputed(uow)
        dispute = await open_dispute(uow, owner, Voucher.PAYMENT, payment_id, NOW)
        ((listed,), _more) = await list_disputes(uow, clerk, 1)
        assert listed.id == dispute.id
        answered = await answer_dispute(uow, clerk, dispute.id, "درست شد", NOW)
        assert answered.state is DisputeState.ANSWERED
        assert not await uow.ledger.is_disputed(Voucher.PAYMENT, payment_id)
        assert await list_tasks(uow, clerk, 1) == ((), False)
        assert await told(uow, "dispute_answered") == 1
        actions = [action for action, _facts in await uow.audit.list_of("dispute", dispute.id)]
        assert actions == ["dispute.opened", "dispute.answered"]
        with pytest.raises(AlreadyDecided):
            await answer_dispute(uow, clerk, dispute.id, "دوباره", NOW)
        with pytest.raises(AlreadyDecided):
            await explain_dispute(uow, owner, dispute.id, "دیر", None, NOW)
        assert (await read_dispute(uow, clerk, dispute.id)).answer == "درست شد"
        with pytest.raises(NotFound):
            await photo_of(uow, clerk, dispute.id)
        renewed = await open_dispute(uow, owner, Voucher.PAYMENT, payment_id, NOW)
        assert renewed.number == dispute.number + 1


async def test_nobody_disputes_what_is_not_theirs(store: Store) -> None:
    async with store.unit_of_work() as uow:
        owner, clerk, payment_id = await disputed(uow)
        other = await an_owner(uow, "دیگری")
        with pytest.raises(NotFound):
            await open_dispute(uow, other, Voucher.PAYMENT, payment_id, NOW)
        with pytest.raises(NotFound):
            await open_dispute(uow, clerk, Voucher.PAYMENT, payment_id, NOW)
        blind = replace(owner, rights=Rights(may_order=True))
        with pytest.raises(NotAllowed):
            await open_dispute(uow, blind, None, None, NOW)
        theirs = await open_dispute(uow, owner, None, None, NOW)
        assert theirs.entry is None
        with pytest.raises(NotFound):
            await explain_dispute(uow, other, theirs.id, "من", None, NOW)
        with pytest.raises(NotFound):
            await read_dispute(uow, other, theirs.id)


async def test_a_task_is_done_once_by_whose_it_is(store: Store) -> None:
    async with store.unit_of_work() as uow:
        clerk, picker = await a_bookkeeper(uow), await a_member_of_staff(uow)
        manager = await a_member_of_staff(uow, Role.MANAGER)
        for _twice in range(2):
            await uow.tasks.put(Task(key="a:1", kind="x", role=Role.FINANCE, subject_id=1), now=NOW)
        await uow.tasks.put(
            Task(key="b:1", kind="x", role=Role.FINANCE, staff_id=picker.staff_id, subject_id=1), now=NOW
        )
        ((task,), _more) = await list_tasks(uow, clerk, 1)
        assert task.id is not None
        assert len((await list_tasks(uow, manager, 1))[0]) == 2
        assert await uow.tasks.find("a:1") is not None
        with pytest.raises(NotFound):
            await finish_task(uow, picker, task.id, NOW)
        await finish_task(uow, clerk, task.id, NOW)
        with pytest.raises(AlreadyDecided):
            await finish_task(uow, clerk, task.id, NOW)
        assert await uow.tasks.find("a:1") is None
        assert not await uow.tasks.finish("a:1", NOW)


# Periods


def test_months_are_jalali() -> None:
    assert Period(date(2026, 10, 23), date(2026, 11, 21)) == ABAN
    assert last_month(TODAY) == Period(date(2026, 9, 23), date(2026, 10, 22))
    assert last_months(TODAY) == Period(date(2026, 8, 23), date(2026, 11, 21))
    assert ABAN.is_month
    assert not last_months(TODAY).is_month


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("مهر", date(2026, 9, 23), date(2026, 10, 22)),
        ("آذر", date(2025, 11, 22), date(2025, 12, 21)),
        ("۱ مهر تا ۱۵ آبان", date(2026, 9, 23), date(2026, 11, 6)),
        ("از ۱ مهر الی ۲ مهر", date(2026, 9, 23), date(2026, 9, 24)),
        ("از ۱۴۰۵/۰۸/۰۱", date(2026, 10, 23), TODAY),
    ],
)
def test_a_period_is_typed_as_people_say_it(text: str, first: date, last: date) -> None:
    assert typed_period(text, TODAY) == Period(first, last)


@pytest.mark.parametrize("text", ["", "سلام", "۱۵ آبان تا ۱ مهر", "۱ مهر تا ۲ مهر تا ۳ مهر", "تا ۱ مهر"])
def test_what_names_no_days_is_refused(text: str) -> None:
    with pytest.raises(NotADay):
        typed_period(text, TODAY)
