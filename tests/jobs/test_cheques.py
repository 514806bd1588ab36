"""Mornings of cheques: who is told what, when, and only once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from domain.instruments import ChequeState
from domain.notifications import Outcome
from jobs.cheques import sweep_cheques
from services.instruments import own
from services.notifications import why_not
from storage.tables.messages import notifications
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.cheques import People, S, a_cheque_in, move, people
from tests.builders.credit import million
from tests.builders.orders import a_buyer
from tests.conftest import NOW

THURSDAY = date(2026, 11, 26)
"""5 Azar 1405; no holiday is near it."""


def morning(day: int, hour: int = 9) -> datetime:
    """That hour in Tehran of a day of November."""
    return datetime(2026, 11, day, hour, tzinfo=UTC) - timedelta(hours=3, minutes=30)


async def told(store: Store, kind: str = "cheque_due") -> list[tuple[int | None, int | None, str]]:
    """Contact, member of staff and key of every notification of that kind."""
    wanted = select(notifications).where(notifications.c.kind == kind).order_by(notifications.c.id)
    async with store.reading() as uow:
        return [(row.contact_id, row.staff_id, row.key) for row in await uow.connection.execute(wanted)]


async def due_on_thursday(uow: UnitOfWork, state: ChequeState = S.DEPOSITED) -> tuple[People, int]:
    who = await people(uow)
    return who, (await a_cheque_in(uow, who, state, million(7.5), THURSDAY)).id


async def test_the_drawer_is_reminded_three_working_days_and_one_before(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who, cheque_id = await due_on_thursday(uow)
    for day in range(21, 28):
        for hour in (8, 9, 15):
            await sweep_cheques(store, morning(day, hour))
    contact = who.salon.contact_id
    assert await told(store) == [
        (contact, None, f"cheque_due:{cheque_id}:3:{contact}"),
        (contact, None, f"cheque_due:{cheque_id}:1:{contact}"),
    ]


async def test_nobody_is_reminded_before_nine(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await due_on_thursday(uow)
    await sweep_cheques(store, morning(23, 8))
    assert await told(store) == []
    await sweep_cheques(store, morning(23, 9))
    assert len(await told(store)) == 1


@pytest.mark.parametrize(("hour", "count"), [(12, 1), (13, 0), (15, 0), (16, 1), (19, 1), (20, 0), (23, 0)])
async def test_nobody_is_reminded_in_quiet_hours(store: Store, hour: int, count: int) -> None:
    async with store.unit_of_work() as uow:
        await due_on_thursday(uow)
    await sweep_cheques(store, morning(23, hour))
    assert len(await told(store)) == count


async def test_a_reminder_ends_with_the_day_of_the_next_one(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await due_on_thursday(uow)
    for day in (23, 25):
        await sweep_cheques(store, morning(day))
    async with store.reading() as uow:
        wanted = select(notifications.c.expires_at).where(notifications.c.kind == "cheque_due")
        ends = (await uow.connection.scalars(wanted.order_by(notifications.c.id))).all()
    assert ends == [morning(25, 0), morning(27, 0)]


async def test_a_reminder_of_a_cheque_that_was_paid_meanwhile_is_withdrawn(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who, cheque_id = await due_on_thursday(uow)
    await sweep_cheques(store, morning(23))
    async with store.unit_of_work() as uow:
        # Whatever else this person was told goes first.
        told_before = update(notifications).where(notifications.c.kind != "cheque_due")
        await uow.connection.execute(told_before.values(state="delivered"))
        (waiting,) = await uow.outbox.claim(morning(23), 5)
        assert await why_not(uow, waiting, morning(23)) is None
        cheque = await uow.cheques.get(cheque_id, of=who.customer_id)
        await move(uow, who, cheque, S.CLEARED)
        assert await why_not(uow, waiting, morning(23)) is Outcome.WITHDRAWN


async def test_a_missed_morning_is_made_up_for_while_it_helps(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await due_on_thursday(uow)
    await sweep_cheques(store, morning(24))
    assert len(await told(store)) == 1
    await sweep_cheques(store, morning(26))
    assert len(await told(store)) == 1, "the bank pays today"


@pytest.mark.parametrize("state", [S.ANNOUNCED, S.CLEARED, S.BOUNCED, S.HANDED_BACK])
async def test_only_cheques_that_are_under_way_are_reminded_of(store: Store, state: ChequeState) -> None:
    async with store.unit_of_work() as uow:
        await due_on_thursday(uow, state)
    await sweep_cheques(store, morning(23))
    assert await told(store) == []


async def test_who_wants_no_reminders_gets_none(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who, _cheque_id = await due_on_thursday(uow)
        await own.switch_reminders(uow, who.salon, NOW, is_on=False)
    await sweep_cheques(store, morning(23))
    assert await told(store) == []


async def test_only_those_who_may_see_the_balance_are_reminded(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who, _cheque_id = await due_on_thursday(uow)
        await a_buyer(uow, colleague_of=who.salon)
    await sweep_cheques(store, morning(23))
    assert [contact for contact, _staff, _key in await told(store)] == [who.salon.contact_id]


async def test_a_holiday_moves_the_banks_day_and_the_reminder(store: Store) -> None:
    """Thursday becomes a holiday: Saturday is paid, and Wednesday is the last working day before it."""
    async with store.unit_of_work() as uow:
        who, cheque_id = await due_on_thursday(uow)
        await uow.calendars.put_holidays({THURSDAY: "تعطیل"})
    counts = []
    for day in (22, 23, 24, 25):
        await sweep_cheques(store, morning(day))
        counts.append(len(await told(store)))
    assert counts == [0, 1, 1, 2]
    async with store.reading() as uow:
        assert (await uow.cheques.get(cheque_id, of=who.customer_id)).effective_due == date(2026, 11, 28)


async def test_a_new_cheque_does_as_the_last_one_did(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who, _cheque_id = await due_on_thursday(uow)
        await own.switch_reminders(uow, who.salon, NOW, is_on=False)
        await a_cheque_in(uow, who, S.RECEIVED, due_on=THURSDAY)
    await sweep_cheques(store, morning(23))
    assert await told(store) == []


async def test_the_answer_to_a_reminder_becomes_a_task_once(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who, cheque_id = await due_on_thursday(uow)
        await own.answer_reminder(uow, who.salon, cheque_id, NOW, is_ready=True)
        await own.answer_reminder(uow, who.salon, cheque_id, NOW, is_ready=False)
        await own.answer_reminder(uow, who.salon, cheque_id, NOW, is_ready=False)
    assert [staff for _contact, staff, _key in await told(store, "cheque_talk")] == [who.finance.staff_id]
    async with store.reading() as uow:
        assert await uow.tasks.find(f"cheque_talk:{cheque_id}:0") is not None


async def test_finance_has_its_list_each_working_morning(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who, _cheque_id = await due_on_thursday(uow)
    for day in (25, 25, 26, 27):
        await sweep_cheques(store, morning(day, 8))
    assert [(staff, key) for _contact, staff, key in await told(store, "cheque_digest")] == [
        (who.finance.staff_id, f"cheque_digest:2026-11-{day}:{who.finance.staff_id}") for day in (25, 26)
    ]


async def test_without_cheques_there_is_no_list(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who = await people(uow)
        cheque = await a_cheque_in(uow, who, S.DEPOSITED)
        await move(uow, who, cheque, S.CLEARED)
    await sweep_cheques(store, morning(25, 8))
    assert await told(store, "cheque_digest") == []
