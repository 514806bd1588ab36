"""What managers read of customers' opinions, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from domain.actors import Actor
from domain.errors import NotFound
from domain.nps_report import NpsPart, NpsSpan
from domain.staff import Role
from domain.surveys import Again, Nps, SurveyReason
from services import opinions, surveys, ticket_desk
from storage.tables.orders import orders
from storage.tables.surveys import surveys as kept
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_product
from tests.builders.orders import a_buyer, a_member_of_staff, a_placed_order
from tests.builders.surveys import a_delivery, a_reached_buyer
from tests.conftest import NOW

TUESDAY = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
"""سه‌شنبه ۳ آذر, 11:00 in Tehran."""


async def answered(
    uow: UnitOfWork, buyer: Actor, order_id: int, score: int, at: datetime, words: str | None = None
) -> None:
    """An answer as it lies in the table: the figures do not ask how it came."""
    await uow.connection.execute(
        insert(kept).values(
            order_id=order_id,
            customer_id=buyer.customer_id,
            contact_id=buyer.contact_id,
            state="answered",
            delivered_at=at - timedelta(days=1),
            due_at=at,
            asked_at=at,
            expires_at=at + timedelta(days=3),
            score=score,
            answered_at=at,
            reason=None if words is None else SurveyReason.OTHER.value,
            comment=words,
        )
    )


async def an_order_of(uow: UnitOfWork, buyer: Actor) -> int:
    goods = await a_product(uow)
    return (await a_placed_order(uow, buyer, {goods: 6}, NOW)).id


async def copies(uow: UnitOfWork, buyer: Actor, how_many: int) -> list[int]:
    """So many orders of that buyer; made of one, because placing takes its time."""
    first = await an_order_of(uow, buyer)
    row = dict((await uow.connection.execute(select(orders).where(orders.c.id == first))).one()._mapping)
    found = [first]
    for at in range(1, how_many):
        more = {**row, "number": row["number"] + 10_000 + at + 1_000 * first, "nonce": None}
        del more["id"]
        found.append(
            (await uow.connection.execute(insert(orders).values(**more).returning(orders.c.id))).scalar_one()
        )
    return found


async def forty(uow: UnitOfWork) -> Actor:
    """The forty answers of rule R13, of a pharmacy on a route; and one of the month before."""
    buyer = await a_buyer(uow)
    scores = [10] * 22 + [8] * 10 + [3] * 8
    ids = await copies(uow, buyer, len(scores) + 1)
    for order_id, score in zip(ids, scores, strict=False):
        await answered(uow, buyer, order_id, score, TUESDAY)
    await answered(uow, buyer, ids[-1], 0, TUESDAY - timedelta(days=30), "پیش از این")
    return buyer


async def test_r13_forty_answers_of_a_month_are_plus_thirty_five(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await forty(uow)
        manager = await a_member_of_staff(uow, Role.MANAGER)
        month = await opinions.report(uow, manager, NpsSpan.MONTH, 0, NpsPart.ROUTE, TUESDAY)
        assert (month.all.score, month.all.count, month.asked) == (35, 40, 40)
        assert month.groups == (("غرب ۳", Nps(promoters=22, passives=10, detractors=8)),)
        before = await opinions.report(uow, manager, NpsSpan.MONTH, 1, NpsPart.KIND, TUESDAY)
        assert (before.all.score, before.all.count) == (None, 1)
        assert before.groups == (("pharmacy", Nps(detractors=1)),)
        season = await opinions.report(uow, manager, NpsSpan.QUARTER, 0, NpsPart.VISITOR, TUESDAY)
        assert (season.all.count, season.groups[0][0]) == (41, None), "the route has no visitor"
        week = await opinions.report(uow, manager, NpsSpan.WEEK, 0, NpsPart.NONE, TUESDAY)
        assert (week.all.score, week.groups) == (35, ())


async def test_a_customer_counts_once_by_the_last_answers_of_its_contacts(store: Store) -> None:
    async with store.unit_of_work() as uow:
        first = await a_buyer(uow)
        second = await a_buyer(uow, colleague_of=first)
        other = await a_buyer(uow, name="سالن نگین")
        one, two = await copies(uow, first, 2)
        (three,), (four,) = await copies(uow, second, 1), await copies(uow, other, 1)
        await answered(uow, first, one, 2, TUESDAY - timedelta(hours=2))
        await answered(uow, first, two, 10, TUESDAY)
        await answered(uow, second, three, 7, TUESDAY)
        await answered(uow, other, four, 4, TUESDAY)
        manager = await a_member_of_staff(uow, Role.MANAGER)
        month = await opinions.report(uow, manager, NpsSpan.MONTH, 0, NpsPart.NONE, TUESDAY)
        # 10 and 7 are 8.5, which is 9.
        assert month.by_customer == Nps(promoters=1, detractors=1)
        assert month.all == Nps(promoters=1, passives=1, detractors=2)


async def test_the_loop_counts_whom_we_told_the_end_and_why_they_were_unhappy(store: Store) -> None:
    async with store.unit_of_work() as uow:
        manager = await a_member_of_staff(uow, Role.MANAGER)
        for at, (reason, is_solved) in enumerate(
            ((SurveyReason.DAMAGED, True), (SurveyReason.DAMAGED, False), (SurveyReason.LATE, True))
        ):
            buyer = await a_reached_buyer(uow, f"داروخانه {at}")
            survey_id = await a_delivery(uow, buyer, TUESDAY - timedelta(days=1))
            assert await surveys.ask(uow, survey_id, TUESDAY)
            done = await surveys.answer(uow, buyer, survey_id, 4, TUESDAY)
            await surveys.give_reason(uow, buyer, survey_id, reason, TUESDAY)
            assert done.ticket is not None
            if is_solved:
                late = TUESDAY + timedelta(days=at * 2)
                await ticket_desk.solve(uow, manager, done.ticket.id, "عوض شد", late)
                await surveys.judge(uow, buyer, survey_id, Again.GLAD, late)
        month = await opinions.report(uow, manager, NpsSpan.MONTH, 0, NpsPart.NONE, TUESDAY)
        loop = month.loop
        assert (loop.tickets, loop.closed, loop.in_time, loop.glad, loop.percent) == (3, 2, 1, 2, 67)
        assert list(month.reasons.items()) == [(SurveyReason.DAMAGED, 2), (SurveyReason.LATE, 1)]


async def test_trend_comments_and_workbook_say_the_same(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await forty(uow)
        manager = await a_member_of_staff(uow, Role.MANAGER)
        points = await opinions.trend(uow, manager, NpsSpan.MONTH, TUESDAY)
        assert [each.nps.count for each in points][-2:] == [1, 40]
        assert points[-1].nps.score == 35
        _period, found, has_more = await opinions.comments(uow, manager, NpsSpan.MONTH, 1, 1, TUESDAY)
        assert [(each.words, each.score) for each in found] == [("پیش از این", 0)]
        assert not has_more
        _period, answers = await opinions.answers(uow, manager, NpsSpan.MONTH, 0, TUESDAY)
        assert (len(answers), answers[0].route) == (40, "غرب ۳")
        for role in (Role.SUPPORT, Role.VISITOR, Role.FINANCE):
            with pytest.raises(NotFound):
                await opinions.trend(uow, await a_member_of_staff(uow, role), NpsSpan.MONTH, TUESDAY)
        with pytest.raises(NotFound):
            await opinions.answers(uow, buyer, NpsSpan.MONTH, 0, TUESDAY)
