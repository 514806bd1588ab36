"""Rule R18 and S4.5: who hears a word, when, and what becomes of the answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.actors import Actor
from domain.customers import ContactRole, Preferences
from domain.errors import NotFound
from domain.notifications import MessageClass, Outcome
from domain.nudges import NudgeAnswer, NudgeReason
from domain.referral_errors import ForAnotherCentre
from domain.repeats import Again, InTheWay
from domain.staff import Role
from jobs.nudges import plan_nudges, sweep_nudges
from services.account_managers import open_manager, set_manager
from services.basket import add_to_basket
from services.notifications import why_not
from services.nudges import decline, explain, fill, remind_later
from storage.tables.messages import notifications
from storage.tables.push import competitor_notes
from storage.unit_of_work import Store
from tests.builders.catalogue import a_product
from tests.builders.nudges import a_regular, bought, reachable
from tests.builders.orders import a_buyer, a_member_of_staff, a_placed_order
from tests.conftest import NOW


def morning(days: int = 0) -> datetime:
    """Half past eight of the story's day, or so many days later."""
    return datetime(2026, 11, 21, 5, 0, tzinfo=UTC) + timedelta(days=days)


async def told(store: Store, kind: str = "nudge") -> list[Any]:
    async with store.reading() as uow:
        found = select(notifications).where(notifications.c.kind == kind).order_by(notifications.c.id)
        return list(await uow.connection.execute(found))


async def regular(store: Store) -> Actor:
    async with store.unit_of_work() as uow:
        return await a_regular(uow, await a_product(uow, on_hand=1000))


async def nudged(store: Store) -> tuple[Actor, int]:
    buyer = await regular(store)
    assert await sweep_nudges(store, morning()) == 1
    return buyer, (await told(store))[-1].subject_id


async def test_who_is_late_hears_it_within_the_hours_as_a_promotion(store: Store) -> None:
    buyer, _nudge_id = await nudged(store)
    (notice,) = await told(store)
    assert (notice.contact_id, notice.message_class) == (buyer.contact_id, int(MessageClass.PROMOTION))
    assert notice.due_at == morning() + timedelta(minutes=30)
    assert (notice.facts["typical"], notice.facts["days_since"], notice.facts["days_left"]) == (14, 18, -4)
    assert notice.expires_at == datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
    assert await sweep_nudges(store, morning() + timedelta(hours=1)) == 0


@pytest.mark.parametrize(("ago", "heard"), [(12, False), (13, True), (14, True), (42, True), (43, False)])
async def test_a_word_comes_from_one_working_day_before_until_they_are_lost(
    store: Store, ago: int, heard: bool
) -> None:
    shift = ago - 18
    async with store.unit_of_work() as uow:
        product = await a_product(uow, on_hand=1000)
        await a_regular(uow, product, [each + shift for each in (89, 75, 59, 47, 32, 18)])
    assert await sweep_nudges(store, morning()) == int(heard)


async def test_before_a_friday_it_comes_on_thursday(store: Store) -> None:
    """Due on Saturday: the working day before it is Thursday, and «tomorrow» would be wrong."""
    async with store.unit_of_work() as uow:
        await a_regular(uow, await a_product(uow, on_hand=1000), [56, 42, 28, 14])
    thursday = morning(-2)
    assert await sweep_nudges(store, thursday - timedelta(days=1)) == 0
    assert await sweep_nudges(store, thursday) == 1
    (notice,) = await told(store)
    assert (notice.facts["days_left"], notice.facts["due_on"]) == (2, "2026-11-21")


async def test_two_words_lie_half_the_usual_time_apart_and_there_is_no_third(store: Store) -> None:
    await nudged(store)
    days = [day for day in range(1, 40) if await sweep_nudges(store, morning(day))]
    assert days == [7]


async def test_who_has_ordered_or_has_something_coming_hears_nothing(store: Store) -> None:
    async with store.unit_of_work() as uow:
        product = await a_product(uow, on_hand=1000)
        waiting = await a_regular(uow, product)
        await a_placed_order(uow, waiting, {product: 1})
        again = await a_regular(uow, product, name="دیگری")
        await bought(uow, again, {product: 12}, NOW - timedelta(days=2))
        rarely = await a_regular(uow, product, (40, 25, 18), name="تازه")
    assert rarely.contact_id
    assert await sweep_nudges(store, morning()) == 0


async def test_a_word_that_waited_is_not_told_to_who_ordered_meanwhile(store: Store) -> None:
    buyer, nudge_id = await nudged(store)
    async with store.unit_of_work() as uow:
        (telling,) = await uow.outbox.claim(morning() + timedelta(hours=1), 10)
        assert telling.notification.subject_id == nudge_id
        assert await why_not(uow, telling, morning() + timedelta(hours=1)) is None
        assert await why_not(uow, telling, morning(1)) is Outcome.EXPIRED
        product = await a_product(uow, on_hand=10)
        await a_placed_order(uow, buyer, {product: 1})
        assert await why_not(uow, telling, morning() + timedelta(hours=1)) is Outcome.WITHDRAWN


async def test_when_the_goods_are_missing_we_are_silent(store: Store) -> None:
    async with store.unit_of_work() as uow:
        product = await a_product(uow, on_hand=12)
        await a_regular(uow, product)
        await uow.stock.reserve({product.id: 12})
        other = await a_product(uow, on_hand=500)
        waits = await a_regular(uow, other, name="منتظر")
        await uow.alerts.put(
            other.id,
            contact_id=waits.contact_id or 0,
            customer_id=waits.require_customer().id,
            quantity=3,
            now=NOW,
            expires_at=NOW + timedelta(days=30),
        )
    assert await sweep_nudges(store, morning()) == 0


async def test_who_wants_no_promotions_hears_none_and_a_colleague_does(store: Store) -> None:
    buyer = await regular(store)
    async with store.unit_of_work() as uow:
        wanted = Preferences(contact_id=buyer.contact_id or 0, promotions=False)
        await uow.settings.save_preferences(wanted)
    assert await sweep_nudges(store, morning()) == 0
    async with store.unit_of_work() as uow:
        colleague = await reachable(uow, await a_buyer(uow, colleague_of=buyer))
    assert await sweep_nudges(store, morning()) == 1
    assert (await told(store))[0].contact_id == colleague.contact_id


async def test_it_counts_towards_the_promotions_of_a_week(store: Store) -> None:
    buyer, _nudge_id = await nudged(store)
    async with store.unit_of_work() as uow:
        assert await uow.nudges.count_heard(buyer.contact_id or 0, morning() - timedelta(days=7)) == 1
        await uow.company.decide("push.promotions_a_week", 1, NOW)
        product = await a_product(uow, on_hand=500)
        second = await a_regular(uow, product, name="دوم")
        assert await uow.nudges.count_heard(second.contact_id or 0, NOW - timedelta(days=7)) == 0
        await uow.company.decide("push.promotions_a_week", 0, NOW)
    assert await sweep_nudges(store, morning()) == 0


async def test_their_own_hours_hold_too(store: Store) -> None:
    buyer = await regular(store)
    async with store.unit_of_work() as uow:
        evening = replace(Preferences(contact_id=buyer.contact_id or 0), hours=((16, 20),))
        await uow.settings.save_preferences(evening)
    await sweep_nudges(store, morning())
    assert (await told(store))[0].due_at == datetime(2026, 11, 21, 12, 30, tzinfo=UTC)


async def test_filling_puts_the_usual_goods_into_the_basket(store: Store) -> None:
    buyer, nudge_id = await nudged(store)
    async with store.unit_of_work() as uow:
        shown = await fill(uow, buyer, nudge_id, morning(), instead_of=None)
        assert isinstance(shown, Again)
        assert [line.quantity for line in shown.summary.basket.draft.lines] == [12]
    async with store.unit_of_work() as uow:
        again = await fill(uow, buyer, nudge_id, morning())
        assert isinstance(again, Again)
        told_of = await uow.nudges.get(nudge_id, of=buyer.require_customer().id)
        assert told_of.answer is NudgeAnswer.FILLED


async def test_a_basket_that_holds_something_else_is_not_lost(store: Store) -> None:
    buyer, nudge_id = await nudged(store)
    async with store.unit_of_work() as uow:
        other = await a_product(uow, on_hand=5)
        await add_to_basket(uow, buyer, other.id, 1, morning())
        stopped = await fill(uow, buyer, nudge_id, morning())
        assert isinstance(stopped, InTheWay)
        assert stopped.is_usual
        done = await fill(uow, buyer, nudge_id, morning(), instead_of=stopped.basket.draft.version)
        assert isinstance(done, Again)


async def test_who_bought_elsewhere_makes_a_note_of_a_competitor(store: Store) -> None:
    buyer, nudge_id = await nudged(store)
    customer_id = buyer.require_customer().id
    async with store.unit_of_work() as uow:
        manager, visitor = (
            await a_member_of_staff(uow, Role.MANAGER),
            await a_member_of_staff(uow, Role.VISITOR),
        )
        await set_manager(uow, manager, customer_id, visitor.staff_id, NOW)
    async with store.unit_of_work() as uow:
        assert (await decline(uow, buyer, nudge_id, morning())).answer is NudgeAnswer.NOT_NOW
        said = await explain(uow, buyer, nudge_id, NudgeReason.ELSEWHERE, morning())
        assert said.reason is NudgeReason.ELSEWHERE
        await explain(uow, buyer, nudge_id, NudgeReason.PRICE, morning())
    async with store.reading() as uow:
        (note,) = list(await uow.connection.execute(select(competitor_notes)))
        assert (note.customer_id, note.source) == (customer_id, "nudge")
        assert (await uow.nudges.get(nudge_id, of=customer_id)).reason is NudgeReason.ELSEWHERE
    (notice,) = await told(store, "nudge_reason")
    assert notice.staff_id == visitor.staff_id
    assert [day for day in range(1, 30) if await sweep_nudges(store, morning(day))] == []


async def test_who_has_some_left_is_asked_again_once_later(store: Store) -> None:
    buyer, nudge_id = await nudged(store)
    async with store.unit_of_work() as uow:
        await decline(uow, buyer, nudge_id, morning())
        said = await explain(uow, buyer, nudge_id, NudgeReason.STOCK, morning())
    assert said.remind_on == date(2026, 11, 26)
    assert [day for day in range(1, 40) if await sweep_nudges(store, morning(day))] == [5]


async def test_in_three_days_they_are_reminded_once(store: Store) -> None:
    buyer, nudge_id = await nudged(store)
    async with store.unit_of_work() as uow:
        assert (await remind_later(uow, buyer, nudge_id, morning())).remind_on == date(2026, 11, 24)
        assert (await decline(uow, buyer, nudge_id, morning())).answer is NudgeAnswer.LATER
    assert [day for day in range(1, 40) if await sweep_nudges(store, morning(day))] == [3]
    assert (await told(store))[-1].facts["can_wait"] is False


async def test_an_order_begins_it_anew(store: Store) -> None:
    buyer, nudge_id = await nudged(store)
    async with store.unit_of_work() as uow:
        await decline(uow, buyer, nudge_id, morning())
        product = await a_product(uow, on_hand=500)
        await bought(uow, buyer, {product: 5}, morning(1))
    # With the gap of nineteen days the median becomes fifteen.
    assert [day for day in range(2, 20) if await sweep_nudges(store, morning(day))] == [15]


async def test_a_word_is_answered_by_its_own_customer(store: Store) -> None:
    _buyer, nudge_id = await nudged(store)
    async with store.unit_of_work() as uow:
        other = await a_buyer(uow, name="دیگری")
        for wish in (
            fill(uow, other, nudge_id, NOW),
            decline(uow, other, nudge_id, NOW),
            remind_later(uow, other, nudge_id, NOW),
            explain(uow, other, nudge_id, NudgeReason.PRICE, NOW),
        ):
            with pytest.raises(NotFound):
                await wish


async def test_whoever_acts_for_two_centres_is_shown_the_way_to_the_other(store: Store) -> None:
    buyer, nudge_id = await nudged(store)
    async with store.unit_of_work() as uow:
        other = (await a_buyer(uow, name="دیگری")).require_customer()
        role = ContactRole(
            contact_id=buyer.contact_id or 0, customer_id=other.id, may_order=True, may_see_balance=True,
            may_approve=False,
        )  # fmt: skip
        await uow.customers.put_role(role)
        elsewhere = replace(buyer, customer=other)
        with pytest.raises(ForAnotherCentre) as no:
            await fill(uow, elsewhere, nudge_id, NOW)
        assert (no.value.customer_id, no.value.name) == (buyer.customer_id, "سالن رز")
        assert (await decline(uow, buyer, nudge_id, NOW)).answer is NudgeAnswer.NOT_NOW


async def test_managers_say_who_looks_after_a_customer(store: Store) -> None:
    async with store.unit_of_work() as uow:
        customer_id = (await a_buyer(uow)).require_customer().id
        manager, visitor = (
            await a_member_of_staff(uow, Role.MANAGER),
            await a_member_of_staff(uow, Role.VISITOR),
        )
        finance = await a_member_of_staff(uow, Role.FINANCE)
        found = await set_manager(uow, manager, customer_id, visitor.staff_id, NOW)
        assert found.now is not None
        assert found.now.id == visitor.staff_id
        for nobody in (finance.staff_id, 10**9):
            with pytest.raises(NotFound):
                await set_manager(uow, manager, customer_id, nobody, NOW)
        with pytest.raises(NotFound):
            await open_manager(uow, visitor, customer_id)
        assert (await set_manager(uow, manager, customer_id, None, NOW)).now is None
        done = [name for name, _facts in await uow.audit.list_of("customer", customer_id)]
        assert done == ["account_manager.set", "account_manager.set"]


async def test_a_sweep_looks_at_those_alone_whose_day_has_come(store: Store) -> None:
    """Customers who ordered yesterday, or a year ago, are not even looked at, until an order changes that."""
    async with store.unit_of_work() as uow:
        product = await a_product(uow, on_hand=1000)
        fresh = await a_regular(uow, product, (60, 45, 30, 15, 0), name="تازه")
        await a_regular(uow, product, (200, 180, 160, 140), name="گذشته")
        late = await a_regular(uow, product)
    await plan_nudges(store, morning())
    assert await looked_at(store, 0) == [late.customer_id]
    assert await sweep_nudges(store, morning()) == 1
    assert await sweep_nudges(store, morning()) == 0
    assert await looked_at(store, 0) == []
    assert await looked_at(store, 14) == [fresh.customer_id, late.customer_id]
    async with store.unit_of_work() as uow:
        await bought(uow, late, {product: 5}, morning(1))
    assert await sweep_nudges(store, morning(1)) == 0
    assert await looked_at(store, 2) == [], "its rhythm is looked at in two weeks"
    # A day that has become a holiday: its words come before it.
    days = [day for day in range(2, 14) if await looked_at(store, day)]
    holiday = morning(days[0] if days else 13).date()
    async with store.unit_of_work() as uow:
        await uow.nudge_plans.look_again(holiday, morning(2).date())
    assert bool(await looked_at(store, 2)) is bool(days)


async def looked_at(store: Store, day: int) -> list[int]:
    async with store.reading() as uow:
        return list(await uow.nudge_plans.list_due(morning(day).date(), 0, 100))
