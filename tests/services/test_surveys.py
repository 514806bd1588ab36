"""Surveys and their tickets, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from domain.actors import Actor
from domain.customers import Preferences
from domain.errors import (
    AlreadyDecided,
    AlreadyJudged,
    ChangedMeanwhile,
    NotFound,
    SameScore,
    SurveyOver,
    TooLateToJudge,
)
from domain.notifications import MessageClass, Outcome
from domain.staff import Role
from domain.surveys import Again, SurveyReason, SurveyState
from domain.tickets import TicketState
from jobs.surveys import sweep_surveys
from services import surveys, ticket_desk, tickets
from services.notifications import why_not
from storage.tables.messages import notifications
from storage.tables.push import account_managers
from storage.tables.surveys import surveys as kept
from storage.tellings import telling_of
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.orders import a_buyer, a_member_of_staff
from tests.builders.surveys import BOT, a_delivery, a_reached_buyer

MONDAY = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
"""دوشنبه ۲ آذر, 11:00 in Tehran."""
TUESDAY = MONDAY + timedelta(days=1)
DAY = timedelta(days=1)


async def told(uow: UnitOfWork, kind: str) -> list[str]:
    wanted = select(notifications.c.key).where(notifications.c.kind == kind).order_by(notifications.c.id)
    return list(await uow.connection.scalars(wanted))


async def asked(store: Store) -> tuple[Actor, int]:
    """Somebody was asked on Tuesday about Monday's delivery."""
    async with store.unit_of_work() as uow:
        buyer = await a_reached_buyer(uow)
        survey_id = await a_delivery(uow, buyer, MONDAY)
    assert await sweep_surveys(store, TUESDAY) == 1
    return buyer, survey_id


async def unhappy(store: Store) -> tuple[Actor, int, int]:
    """They were not content; the ids of the survey and its ticket."""
    buyer, survey_id = await asked(store)
    async with store.unit_of_work() as uow:
        done = await surveys.answer(uow, buyer, survey_id, 4, TUESDAY)
        assert done.ticket is not None
        await surveys.give_reason(uow, buyer, survey_id, SurveyReason.DAMAGED, TUESDAY)
        return buyer, survey_id, done.ticket.id


async def test_each_delivery_is_asked_about_once_however_often_it_is_looked(store: Store) -> None:
    _buyer, survey_id = await asked(store)
    for minutes in range(3):
        assert await sweep_surveys(store, TUESDAY + timedelta(minutes=minutes)) == 0
    async with store.reading() as uow:
        assert await told(uow, "survey") == [f"survey:{survey_id}"]
        row = (
            await uow.connection.execute(select(notifications).where(notifications.c.kind == "survey"))
        ).one()
        assert row.message_class == MessageClass.SURVEY
        assert row.expires_at == TUESDAY + timedelta(hours=72)


async def test_nothing_is_asked_before_its_time(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await a_delivery(uow, await a_reached_buyer(uow), MONDAY)
    assert await sweep_surveys(store, TUESDAY - timedelta(seconds=1)) == 0
    assert await sweep_surveys(store, TUESDAY) == 1


async def test_what_is_due_at_night_after_an_outage_waits_for_the_morning(store: Store) -> None:
    async with store.unit_of_work() as uow:
        survey_id = await a_delivery(uow, await a_reached_buyer(uow), MONDAY)
    night, morning = TUESDAY + timedelta(hours=12), TUESDAY + timedelta(hours=22)
    assert await sweep_surveys(store, night) == 0
    async with store.reading() as uow:
        assert (await uow.surveys.get(survey_id)).due_at == morning
    assert await sweep_surveys(store, morning) == 1


async def test_what_nobody_could_ask_for_a_week_is_not_asked_any_more(store: Store) -> None:
    async with store.unit_of_work() as uow:
        survey_id = await a_delivery(uow, await a_reached_buyer(uow), MONDAY)
    assert await sweep_surveys(store, TUESDAY + timedelta(days=8)) == 0
    async with store.reading() as uow:
        assert (await uow.surveys.get(survey_id)).state is SurveyState.EXPIRED


@pytest.mark.parametrize(
    ("wanted", "asked_of_two"),
    [
        (None, 1),
        (Preferences(contact_id=0, surveys=True), 2),
        (Preferences(contact_id=0, no_surveys=True), 0),
    ],
    ids=["the company's pace", "after each delivery", "never"],
)
async def test_how_often_somebody_is_asked_is_theirs_to_say(
    store: Store, wanted: Preferences | None, asked_of_two: int
) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_reached_buyer(uow)
        if wanted is not None:
            await uow.settings.save_preferences(replace(wanted, contact_id=buyer.contact_id or 0))
        await a_delivery(uow, buyer, MONDAY)
        await a_delivery(uow, buyer, MONDAY + DAY)
    count = await sweep_surveys(store, TUESDAY) + await sweep_surveys(store, TUESDAY + DAY)
    assert count == asked_of_two


async def test_n2_with_a_gap_of_nothing_every_delivery_is_asked_about(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await uow.company.decide("push.min_gap_days", 0, MONDAY)
        buyer = await a_reached_buyer(uow)
        for _each in range(2):
            await a_delivery(uow, buyer, MONDAY)
    assert await sweep_surveys(store, TUESDAY) == 2


async def test_a_second_contact_of_the_customer_is_asked_about_their_own_order(store: Store) -> None:
    async with store.unit_of_work() as uow:
        first = await a_reached_buyer(uow)
        second = await a_reached_buyer(uow, colleague_of=first)
        one, other = await a_delivery(uow, first, MONDAY), await a_delivery(uow, second, MONDAY)
    assert await sweep_surveys(store, TUESDAY) == 2
    async with store.unit_of_work() as uow:
        with pytest.raises(NotFound):
            await surveys.answer(uow, second, one, 10, TUESDAY)
        assert (await surveys.answer(uow, second, other, 9, TUESDAY)).survey.score == 9


async def test_whoever_cannot_be_reached_is_not_asked_and_takes_nobodys_turn(store: Store) -> None:
    async with store.unit_of_work() as uow:
        survey_id = await a_delivery(uow, await a_buyer(uow), MONDAY)
        blocked = await a_reached_buyer(uow, "سالن نگین")
        await uow.customers.mark_blocked("telegram", BOT, blocked.identity.chat_id, MONDAY)
        await a_delivery(uow, blocked, MONDAY)
    assert await sweep_surveys(store, TUESDAY) == 0
    async with store.reading() as uow:
        survey = await uow.surveys.get(survey_id)
        assert (survey.state, survey.asked_at) == (SurveyState.SKIPPED, None)
        assert set(await uow.connection.scalars(select(kept.c.why))) == {"unreachable"}


async def test_the_first_answer_is_kept_and_may_be_changed_for_a_day(store: Store) -> None:
    buyer, survey_id = await asked(store)
    async with store.unit_of_work() as uow:
        assert (await surveys.answer(uow, buyer, survey_id, 10, TUESDAY)).ticket is None
        with pytest.raises(SameScore):
            await surveys.answer(uow, buyer, survey_id, 10, TUESDAY)
        changed = await surveys.answer(uow, buyer, survey_id, 7, TUESDAY + timedelta(hours=23))
        assert (changed.was, changed.survey.score, changed.ticket) == (10, 7, None)
        with pytest.raises(TooLateToJudge):
            await surveys.answer(uow, buyer, survey_id, 9, TUESDAY + timedelta(hours=24))


async def test_after_three_days_it_is_over(store: Store) -> None:
    buyer, survey_id = await asked(store)
    late = TUESDAY + timedelta(hours=72)
    async with store.unit_of_work() as uow:
        with pytest.raises(SurveyOver):
            await surveys.answer(uow, buyer, survey_id, 9, late)
    await sweep_surveys(store, late)
    async with store.reading() as uow:
        assert (await uow.surveys.get(survey_id)).state is SurveyState.EXPIRED


async def test_a_reason_of_another_score_is_old(store: Store) -> None:
    buyer, survey_id = await asked(store)
    async with store.unit_of_work() as uow:
        await surveys.answer(uow, buyer, survey_id, 10, TUESDAY)
        with pytest.raises(ChangedMeanwhile):
            await surveys.give_reason(uow, buyer, survey_id, SurveyReason.DAMAGED, TUESDAY)


async def test_a_survey_that_was_answered_is_not_told_any_more(store: Store) -> None:
    buyer, survey_id = await asked(store)

    async def verdict(now: datetime) -> Outcome | None:
        async with store.reading() as uow:
            wanted = select(notifications).where(notifications.c.kind == "survey")
            row = dict((await uow.connection.execute(wanted)).one()._mapping)
            extra = dict.fromkeys(("attempt_id", "platform", "bot_id", "chat_id"))
            return await why_not(uow, telling_of({**row, **extra, "reader_language": "fa"}), now)

    assert await verdict(TUESDAY) is None
    assert await verdict(TUESDAY + timedelta(hours=12)) is Outcome.WITHDRAWN, "at night nobody is asked"
    assert await verdict(TUESDAY + timedelta(hours=72)) is Outcome.EXPIRED
    async with store.unit_of_work() as uow:
        await surveys.answer(uow, buyer, survey_id, 10, TUESDAY)
    assert await verdict(TUESDAY) is Outcome.WITHDRAWN


async def test_an_unhappy_answer_opens_one_ticket_for_whoever_has_fewest(store: Store) -> None:
    async with store.unit_of_work() as uow:
        busy, free = [await a_member_of_staff(uow, Role.SUPPORT) for _each in range(2)]
        manager = await a_member_of_staff(uow, Role.MANAGER)
        other = await a_reached_buyer(uow, "سالن نگین")
        first = await a_delivery(uow, other, MONDAY)
    await sweep_surveys(store, TUESDAY)
    async with store.unit_of_work() as uow:
        earlier = (await surveys.answer(uow, other, first, 0, TUESDAY)).ticket
        assert earlier is not None
        assert earlier.owner_id == busy.staff_id
    _buyer, _survey, ticket_id = await unhappy(store)
    async with store.reading() as uow:
        ticket = await uow.tickets.get(ticket_id)
        assert (ticket.owner_id, ticket.number) == (free.staff_id, earlier.number + 1)
        assert ticket.due_at == TUESDAY + timedelta(hours=48)
        assert set(await told(uow, "survey_alert")) == {
            f"survey_alert:{ticket_id}:{each.staff_id}" for each in (free, manager)
        }


async def test_an_account_manager_answers_for_a_key_customer_within_hours(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await a_member_of_staff(uow, Role.SUPPORT)
        visitor = await a_member_of_staff(uow, Role.VISITOR)
    buyer, survey_id = await asked(store)
    async with store.unit_of_work() as uow:
        row = {"customer_id": buyer.customer_id, "staff_id": visitor.staff_id}
        await uow.connection.execute(account_managers.insert().values(**row))
        ticket = (await surveys.answer(uow, buyer, survey_id, 6, TUESDAY)).ticket
        assert ticket is not None
        assert (ticket.owner_id, ticket.due_at) == (visitor.staff_id, TUESDAY + timedelta(hours=4))
        assert (await ticket_desk.read_ticket(uow, visitor, ticket.id)).id == ticket.id
        stranger = await a_member_of_staff(uow, Role.VISITOR)
        with pytest.raises(NotFound):
            await ticket_desk.read_ticket(uow, stranger, ticket.id)
        assert (await ticket_desk.list_tickets(uow, stranger, 1))[0] == ()


async def test_a_better_score_leaves_the_ticket_and_a_worse_one_opens_it(store: Store) -> None:
    buyer, survey_id, ticket_id = await unhappy(store)
    async with store.unit_of_work() as uow:
        done = await surveys.answer(uow, buyer, survey_id, 9, TUESDAY)
        assert (done.was, done.ticket) == (4, None)
        assert (await uow.tickets.get(ticket_id)).state is TicketState.OPEN
        again = await surveys.answer(uow, buyer, survey_id, 5, TUESDAY)
        assert again.ticket is not None
        assert again.ticket.id == ticket_id, "one ticket for each survey"
        steps = [each.facts["step"] for each in await uow.tickets.list_notes(ticket_id, 9)]
        assert steps == ["said", "rescored", "rescored"]


async def test_the_loop_is_closed_once_in_allowed_hours(store: Store) -> None:
    buyer, survey_id, ticket_id = await unhappy(store)
    night = TUESDAY + timedelta(hours=12)
    async with store.unit_of_work() as uow:
        desk = await a_member_of_staff(uow, Role.SUPPORT)
        with pytest.raises(NotFound):
            await surveys.judge(uow, buyer, survey_id, Again.GLAD, night)
        await ticket_desk.solve(uow, desk, ticket_id, "عوض شد", night)
        with pytest.raises(AlreadyDecided):
            await ticket_desk.solve(uow, desk, ticket_id, "عوض شد", night)
        row = (
            await uow.connection.execute(select(notifications).where(notifications.c.kind == "ticket_solved"))
        ).one()
        assert (row.due_at, row.facts["asks"]) == (TUESDAY + timedelta(hours=22), True)
        await surveys.judge(uow, buyer, survey_id, Again.NOT_YET, night)
        reopened = await uow.tickets.get(ticket_id)
        assert (reopened.state, reopened.due_at) == (TicketState.OPEN, night + timedelta(hours=48))
        with pytest.raises(AlreadyJudged):
            await surveys.judge(uow, buyer, survey_id, Again.GLAD, night)
        await ticket_desk.solve(uow, desk, ticket_id, "باز هم عوض شد", night)
        facts = [
            each["asks"]
            for each in await uow.connection.scalars(
                select(notifications.c.facts)
                .where(notifications.c.kind == "ticket_solved")
                .order_by(notifications.c.id)
            )
        ]
        assert facts == [True, False]


@pytest.mark.parametrize("again", [Again.GLAD, Again.SO_SO])
async def test_whoever_is_content_closes_the_ticket(store: Store, again: Again) -> None:
    buyer, survey_id, ticket_id = await unhappy(store)
    async with store.unit_of_work() as uow:
        desk = await a_member_of_staff(uow, Role.SUPPORT)
        await ticket_desk.solve(uow, desk, ticket_id, "عوض شد", TUESDAY)
        assert (await surveys.judge(uow, buyer, survey_id, again, TUESDAY)).again is again
        assert (await uow.tickets.get(ticket_id)).state is TicketState.CLOSED
        with pytest.raises(AlreadyDecided):
            await tickets.hurry(uow, buyer, ticket_id, TUESDAY)


async def test_the_desk_lists_by_deadline_and_hands_over_with_a_note(store: Store) -> None:
    _buyer, _survey, ticket_id = await unhappy(store)
    async with store.unit_of_work() as uow:
        desk = await a_member_of_staff(uow, Role.SUPPORT)
        manager = await a_member_of_staff(uow, Role.MANAGER)
        warehouse = await a_member_of_staff(uow, Role.WAREHOUSE)
        (found,), has_more = await ticket_desk.list_tickets(uow, desk, 1)
        assert (found.id, has_more, found.is_overdue(TUESDAY)) == (ticket_id, False, False)
        assert found.is_overdue(TUESDAY + timedelta(hours=49))
        await ticket_desk.add_note(uow, desk, ticket_id, "زنگ زدم", TUESDAY)
        given = await ticket_desk.assign(uow, manager, ticket_id, warehouse.staff_id or 0, TUESDAY)
        assert given.owner_id == warehouse.staff_id
        assert len(await told(uow, "ticket_assigned")) == 1
        with pytest.raises(NotFound):
            await ticket_desk.assign(uow, manager, ticket_id, 2**40, TUESDAY)
        history = await ticket_desk.history_of(uow, warehouse, ticket_id)
        assert [each.facts["step"] for each in history.notes] == ["said", "note", "assigned"]
        assert await uow.tickets.count_open(owner=warehouse.staff_id) == 1
        job = await ticket_desk.order_of(uow, warehouse, ticket_id, TUESDAY)
        assert not job.can_move
