"""Orders over the limit: decided once, by whoever may, on what is true at the tap (S1.23 to S1.25)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from domain.actors import Actor
from domain.approval_facts import card_of, facts_of
from domain.approvals import ApprovalCard, Asked, ChangeKind, Stale
from domain.credit import CreditLimit, HoldKind
from domain.credit_decisions import CreditOutcome, OverLimit
from domain.errors import AlreadyDecided, DownRefused, NotFound, Shortage
from domain.order_views import OrderView
from domain.orders import Order, OrderStatus
from domain.staff import Role
from domain.terms import TermKind, made
from jobs.approvals import sweep_approvals
from services import approvals, fulfilment
from services.basket import set_line
from services.fitting import cut_line, explain, open_cutting, pay_all_cash, pay_difference
from services.orders import change_order
from storage.tables.instruments import cheque_events, cheques
from storage.tables.messages import notifications
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import put_stock
from tests.builders.credit import (
    CHEQUE,
    aftab,
    an_open_invoice,
    asked_for,
    goods,
    in_segment,
    million,
    try_to_place,
)
from tests.builders.orders import MONDAY, WEDNESDAY, a_basket, a_member_of_staff, place, summarise
from tests.conftest import NOW

LATER = NOW + timedelta(minutes=4)
MORNING = datetime.fromisoformat("2026-11-21T10:00:00+03:30")


async def told(uow: UnitOfWork, kind: str) -> list[Mapping[str, Any]]:
    rows = await uow.connection.execute(
        select(notifications.c.facts, notifications.c.staff_id, notifications.c.contact_id)
        .where(notifications.c.kind == kind)
        .order_by(notifications.c.id)
    )
    return [dict(row._mapping) for row in rows]


async def bounce(uow: UnitOfWork, customer_id: int, at: datetime) -> None:
    """The cheque of 25 millions comes back, as the cheques' own service writes it."""
    cheque_id = await uow.connection.scalar(
        select(cheques.c.id).where(
            cheques.c.customer_id == customer_id, cheques.c.amount_rials == million(25).rials
        )
    )
    await uow.connection.execute(update(cheques).where(cheques.c.id == cheque_id).values(state="bounced"))
    await uow.connection.execute(
        insert(cheque_events).values(cheque_id=cheque_id, kind="bounced", at=at, facts={})
    )
    await uow.credit.put_hold(customer_id, HoldKind.BOUNCED, at, subject_id=cheque_id)


async def seen_by(uow: UnitOfWork, staff: Actor, order: Order, now: datetime = NOW) -> ApprovalCard:
    return await approvals.open_card(uow, staff, order.id, now)


async def test_an_order_within_the_limit_is_approved_at_once_and_the_decision_kept(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo = await aftab(uow), await goods(uow)
        done = await try_to_place(uow, buyer, {shampoo: 30})
        assert isinstance(done, OrderView)
        assert done.order.status is OrderStatus.APPROVED
    async with store.reading() as uow:
        (kept,) = await uow.credit.list_decisions(done.order.id)
        stands = await uow.credit.standing(buyer.customer_id or 0, NOW)
    assert (kept["row"], kept["outcome"], kept["amount_rials"]) == (5, "auto", million(60).rials)
    assert stands.remaining == million(0)


async def test_an_order_of_72_is_12_over_and_is_not_placed(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo = await aftab(uow), await goods(uow)
        over = await try_to_place(uow, buyer, {shampoo: 36})
        assert isinstance(over, OverLimit)
        assert (over.decision.row, over.decision.over_by, over.left) == (7, million(12), million(60))
        assert over.can_split
        assert over.can_ask
    async with store.reading() as uow:
        assert (await uow.orders.get(over.order_id, of=buyer)).is_draft
        assert (await uow.stock.get(shampoo.id)).reserved == 0
        (kept,) = await uow.credit.list_decisions(over.order_id)
    assert (kept["row"], kept["inputs"]["total_limit_rials"]) == (7, million(300).rials)


async def test_paying_the_difference_in_cash_lets_it_through_to_the_rial(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo = await aftab(uow), await goods(uow)
        over = await try_to_place(uow, buyer, {shampoo: 36})
        assert isinstance(over, OverLimit)
        await pay_difference(uow, buyer, over.order_id, over.version, NOW)
        shown = await summarise(uow, buyer, NOW)
        done = await place(uow, buyer, shown)
        assert isinstance(done, OrderView)
        assert done.order.term is not None
        assert [part.amount for part in done.order.term.parts(done.order.payable)] == [
            million(12),
            million(60),
        ]
        assert done.order.credit == million(60)
        assert (await uow.credit.standing(buyer.customer_id or 0, NOW)).remaining == million(0)


async def test_a_stale_choice_shows_the_basket_as_it_is(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo = await aftab(uow), await goods(uow)
        over = await try_to_place(uow, buyer, {shampoo: 36})
        assert isinstance(over, OverLimit)
        await a_basket(uow, buyer, {shampoo: 1})
        for wish in (pay_difference, pay_all_cash):
            await wish(uow, buyer, over.order_id, over.version, NOW)
        draft = await uow.orders.get(over.order_id, of=buyer)
    assert draft.term is not None
    assert draft.term.is_same(CHEQUE)


async def test_the_whole_order_in_cash_needs_no_credit(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo = await aftab(uow), await goods(uow)
        over = await try_to_place(uow, buyer, {shampoo: 36})
        assert isinstance(over, OverLimit)
        await pay_all_cash(uow, buyer, over.order_id, over.version, NOW)
        done = await place(uow, buyer, await summarise(uow, buyer, NOW))
        assert isinstance(done, OrderView)
        assert done.order.credit == million(0)
        assert (await uow.credit.list_decisions(done.order.id))[-1]["row"] == 2


async def test_the_basket_is_made_smaller_until_it_fits(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, dear, cheap = await aftab(uow), await goods(uow), await goods(uow, 1_000_000)
        await try_to_place(uow, buyer, {dear: 35, cheap: 2})
        cutting = await open_cutting(uow, buyer, NOW)
        assert not isinstance(cutting, OverLimit)
        first = cutting.steps[0]  # type: ignore[union-attr]
        assert (first.product_id, first.less, cutting.over_by) == (dear.id, 34, million(12))  # type: ignore[union-attr]
        cutting = await cut_line(uow, buyer, dear.id, 29, NOW)
        assert cutting.fits  # type: ignore[union-attr]
        again = await cut_line(uow, buyer, dear.id, 34, NOW)
        assert again.steps[0].quantity == 29  # type: ignore[union-attr]
        done = await place(uow, buyer, await summarise(uow, buyer, NOW))
        assert isinstance(done, OrderView)


async def test_asking_holds_the_order_its_goods_and_tells_the_managers(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo, manager = (
            await aftab(uow),
            await goods(uow),
            await a_member_of_staff(uow, Role.MANAGER),
        )
        await a_member_of_staff(uow, Role.FINANCE)
        order = await asked_for(uow, buyer, {shampoo: 36}, MORNING)
    async with store.reading() as uow:
        kept = await uow.orders.get(order.id, of=buyer)
        assert (kept.status, kept.number is not None) == (OrderStatus.HELD, True)
        assert kept.decide_by == MORNING + timedelta(hours=2)
        assert (await uow.stock.get(shampoo.id)).reserved == 36
        assert (await uow.credit.standing(buyer.customer_id or 0, NOW)).open_orders == million(102)
        (notice,) = await told(uow, "credit_approval")
        assert notice["staff_id"] == manager.staff_id
        card = card_of(order.id, notice["facts"])
    assert card.standing.open_orders == million(30)
    assert (card.decision.percent, card.decision.row, card.buying.order_count) == (104, 7, 1)
    assert card.days_since_last == 9


async def test_the_card_is_the_same_after_it_was_written_down(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo, manager = (
            await aftab(uow),
            await goods(uow),
            await a_member_of_staff(uow, Role.MANAGER),
        )
        await an_open_invoice(uow, buyer.customer_id or 0, million(1), NOW.date() - timedelta(days=4))
        await uow.credit.put_limit(
            CreditLimit(open=million(500), total=million(300)), NOW, customer_id=buyer.customer_id
        )
        order = await asked_for(uow, buyer, {shampoo: 36})
        card = await seen_by(uow, manager, order)
    again = card_of(order.id, facts_of(card))
    assert again.seen == card.seen
    assert again.decision.inputs == card.decision.inputs
    assert (again.stock, again.buying, again.term) == (card.stock, card.buying, card.term)


async def test_an_approved_order_goes_to_the_warehouse_and_its_buyer_knows(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo, manager = (
            await aftab(uow),
            await goods(uow),
            await a_member_of_staff(uow, Role.MANAGER),
        )
        order = await asked_for(uow, buyer, {shampoo: 36})
        card = await approvals.approve(
            uow, manager, order.id, (await seen_by(uow, manager, order)).seen, LATER
        )
        assert isinstance(card, ApprovalCard)
    async with store.reading() as uow:
        kept = await uow.orders.get(order.id, of=buyer)
        assert (kept.status, kept.decide_by) == (OrderStatus.APPROVED, None)
        last = (await uow.credit.list_decisions(order.id))[-1]
        assert (last["row"], last["outcome"], last["staff_id"]) == (0, "approved", manager.staff_id)
        (notice,) = await told(uow, "approval_given")
        assert notice["contact_id"] == buyer.contact_id
        desk, _more = await fulfilment.list_desk(uow, manager, 1)
        assert order.id in [each.id for each in desk]


async def test_an_order_that_has_missed_its_day_goes_with_the_next_delivery(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo = await aftab(uow), await goods(uow)
        manager = await a_member_of_staff(uow, Role.MANAGER)
        order = await asked_for(uow, buyer, {shampoo: 36})
        assert order.deliver_on == MONDAY
        late = datetime.fromisoformat("2026-11-22T17:30:00+03:30")
        seen = (await seen_by(uow, manager, order, late)).seen
        await approvals.approve(uow, manager, order.id, seen, late)
        assert (await uow.orders.get(order.id, of=buyer)).deliver_on == WEDNESDAY
        (notice,) = await told(uow, "approval_given")
    assert notice["facts"]["deliver_on"] == WEDNESDAY.isoformat()


async def test_a_bounce_in_between_is_said_and_leaves_the_order_to_finance(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo, manager = (
            await aftab(uow),
            await goods(uow),
            await a_member_of_staff(uow, Role.MANAGER),
        )
        finance = await a_member_of_staff(uow, Role.FINANCE)
        order = await asked_for(uow, buyer, {shampoo: 36})
        seen = (await seen_by(uow, manager, order)).seen
        await bounce(uow, buyer.customer_id or 0, NOW)
        stale = await approvals.approve(uow, manager, order.id, seen, LATER)
        assert isinstance(stale, Stale)
        assert not stale.may_decide
        change = stale.changes[0]
        assert (change.kind, change.amount, change.minutes) == (ChangeKind.BOUNCED, million(25), 4)
        assert (await uow.orders.get(order.id, of=buyer)).status is OrderStatus.HELD
        await approvals.refer(uow, manager, order.id, LATER)
        assert (await told(uow, "credit_approval"))[-1]["staff_id"] == finance.staff_id
        card = await seen_by(uow, finance, order, LATER)
        assert (card.decision.row, card.may_decide(Role.FINANCE)) == (3, True)
        done = await approvals.approve(uow, finance, order.id, card.seen, LATER)
        assert isinstance(done, ApprovalCard)


async def test_fresh_numbers_are_shown_before_the_same_person_decides(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo, manager = (
            await aftab(uow),
            await goods(uow),
            await a_member_of_staff(uow, Role.MANAGER),
        )
        order = await asked_for(uow, buyer, {shampoo: 36})
        seen = (await seen_by(uow, manager, order)).seen
        await uow.credit.put_limit(CreditLimit(total=million(290)), LATER, customer_id=buyer.customer_id)
        stale = await approvals.approve(uow, manager, order.id, seen, LATER)
        assert isinstance(stale, Stale)
        assert stale.may_decide
        change = stale.changes[0]
        assert (change.kind, change.before, change.amount) == (ChangeKind.LIMIT, million(300), million(290))
        assert isinstance(
            await approvals.approve(uow, manager, order.id, stale.card.seen, LATER), ApprovalCard
        )


async def test_a_limit_cut_far_takes_the_decision_from_the_manager(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo, manager = (
            await aftab(uow),
            await goods(uow),
            await a_member_of_staff(uow, Role.MANAGER),
        )
        order = await asked_for(uow, buyer, {shampoo: 36})
        await uow.credit.put_limit(CreditLimit(total=million(250)), LATER, customer_id=buyer.customer_id)
        card = await seen_by(uow, manager, order, LATER)
        assert card.decision.outcome is CreditOutcome.FINANCE
        stale = await approvals.approve(uow, manager, order.id, card.seen, LATER)
        assert isinstance(stale, Stale)
        assert not stale.may_decide


async def test_two_who_decide_at_once_have_one_effect(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo, manager = (
            await aftab(uow),
            await goods(uow),
            await a_member_of_staff(uow, Role.MANAGER),
        )
        other = await a_member_of_staff(uow, Role.MANAGER)
        order = await asked_for(uow, buyer, {shampoo: 36})
        seen = (await seen_by(uow, manager, order)).seen

    async def decide(staff: Actor, *, yes: bool) -> str:
        try:
            async with store.unit_of_work() as uow:
                if yes:
                    await approvals.approve(uow, staff, order.id, seen, LATER)
                else:
                    await approvals.reject(uow, staff, order.id, "نه", LATER)
        except AlreadyDecided:
            return "late"
        return "done"

    results = await asyncio.gather(
        decide(manager, yes=True),
        decide(other, yes=False),
        decide(other, yes=True),
        decide(manager, yes=False),
    )
    assert sorted(results) == ["done", "late", "late", "late"]
    async with store.reading() as uow:
        decided = [each for each in await uow.credit.list_decisions(order.id) if each["row"] == 0]
        notices = [*await told(uow, "approval_given"), *await told(uow, "approval_refused")]
    assert len(decided) == len(notices) == 1


async def test_a_refusal_frees_the_goods_and_carries_a_word(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo, manager = (
            await aftab(uow),
            await goods(uow),
            await a_member_of_staff(uow, Role.MANAGER),
        )
        order = await asked_for(uow, buyer, {shampoo: 36})
        await approvals.reject(uow, manager, order.id, "اول تسویه بفرمایید", LATER)
    async with store.reading() as uow:
        assert (await uow.orders.get(order.id, of=buyer)).status is OrderStatus.REJECTED
        assert (await uow.stock.get(shampoo.id)).reserved == 0
        assert (await uow.credit.standing(buyer.customer_id or 0, NOW)).exposure == million(240)
        (notice,) = await told(uow, "approval_refused")
    assert notice["facts"]["reason"] == "اول تسویه بفرمایید"


async def test_approval_with_prepayment_splits_the_term(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo, manager = (
            await aftab(uow),
            await goods(uow),
            await a_member_of_staff(uow, Role.MANAGER),
        )
        order = await asked_for(uow, buyer, {shampoo: 36})
        seen = (await seen_by(uow, manager, order)).seen
        for wrong in (million(72), million(80)):
            with pytest.raises(DownRefused):
                await approvals.approve(uow, manager, order.id, seen, LATER, wrong)
        await approvals.approve(uow, manager, order.id, seen, LATER, million(12))
    async with store.reading() as uow:
        kept = await uow.orders.get(order.id, of=buyer)
        assert (kept.status, kept.credit) == (OrderStatus.APPROVED, million(60))
        assert (await uow.credit.standing(buyer.customer_id or 0, NOW)).exposure == million(300)
        (notice,) = await told(uow, "approval_given")
    assert notice["facts"]["down_rials"] == million(12).rials


async def test_whoever_may_not_decide_finds_nothing(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo = await aftab(uow), await goods(uow)
        order = await asked_for(uow, buyer, {shampoo: 36})
        for stranger in (buyer, await a_member_of_staff(uow), await a_member_of_staff(uow, Role.SUPPORT)):
            for wish in (
                approvals.open_card(uow, stranger, order.id, NOW),
                approvals.approve(uow, stranger, order.id, 1, NOW),
                approvals.reject(uow, stranger, order.id, "", NOW),
                approvals.refer(uow, stranger, order.id, NOW),
                approvals.message_customer(uow, stranger, order.id, "x", NOW),
                approvals.list_held(uow, stranger, 1),
                approvals.open_items(uow, stranger, order.id),
            ):
                with pytest.raises(NotFound):
                    await wish


async def test_nobody_decides_on_a_draft(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo, manager = (
            await aftab(uow),
            await goods(uow),
            await a_member_of_staff(uow, Role.MANAGER),
        )
        draft = await a_basket(uow, buyer, {shampoo: 36})
        for wish in (
            approvals.open_card(uow, manager, draft.id, NOW),
            approvals.approve(uow, manager, draft.id, 1, NOW),
        ):
            with pytest.raises(NotFound):
                await wish


async def test_a_decided_order_is_not_begun_again(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo, manager = (
            await aftab(uow),
            await goods(uow),
            await a_member_of_staff(uow, Role.MANAGER),
        )
        order = await asked_for(uow, buyer, {shampoo: 36})
        assert (await approvals.begin_deciding(uow, manager, order.id, NOW)).is_open
        (held,), _more = await approvals.list_held(uow, manager, 1)
        assert (held.order_id, held.payable) == (order.id, million(72))
        await approvals.reject(uow, manager, order.id, "", NOW)
        with pytest.raises(AlreadyDecided):
            await approvals.begin_deciding(uow, manager, order.id, NOW)
        assert await approvals.list_held(uow, manager, 1) == ((), False)


async def test_a_word_to_the_customer_decides_nothing(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo, manager = (
            await aftab(uow),
            await goods(uow),
            await a_member_of_staff(uow, Role.MANAGER),
        )
        order = await asked_for(uow, buyer, {shampoo: 36})
        card = await approvals.message_customer(uow, manager, order.id, "نیمی نقد می‌دهید؟", NOW)
        assert card.is_open
        (notice,) = await told(uow, "approval_message")
    assert (notice["contact_id"], notice["facts"]["text"]) == (buyer.contact_id, "نیمی نقد می‌دهید؟")


async def test_what_nobody_decides_in_time_is_given_up_once(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo = await aftab(uow), await goods(uow)
        order = await asked_for(uow, buyer, {shampoo: 36}, MORNING)
    due = MORNING + timedelta(hours=2)
    assert await sweep_approvals(store, due - timedelta(seconds=1)) == 0
    assert await sweep_approvals(store, due) == 1
    assert await sweep_approvals(store, due) == 0
    async with store.unit_of_work() as uow:
        assert not await approvals.expire(uow, order.id, due)
        assert (await uow.orders.get(order.id, of=buyer)).status is OrderStatus.REJECTED
        assert (await uow.stock.get(shampoo.id)).reserved == 0
        assert len(await told(uow, "approval_expired")) == 1


async def test_an_order_that_is_not_due_is_not_given_up(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo = await aftab(uow), await goods(uow)
        order = await asked_for(uow, buyer, {shampoo: 36}, MORNING)
        assert not await approvals.expire(uow, order.id, MORNING)


async def test_goods_that_are_short_refuse_the_asking_too(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo = await aftab(uow), await goods(uow, on_hand=36)
        over = await try_to_place(uow, buyer, {shampoo: 36})
        assert isinstance(over, OverLimit)
        await uow.stock.reserve({shampoo.id: 1})
        with pytest.raises(Shortage):
            await approvals.ask_approval(uow, buyer, over.order_id, over.version, over.nonce, NOW)


async def test_what_fits_by_now_is_placed_without_asking(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo = await aftab(uow), await goods(uow)
        over = await try_to_place(uow, buyer, {shampoo: 36})
        assert isinstance(over, OverLimit)
        await uow.credit.put_limit(CreditLimit(total=million(400)), NOW, customer_id=buyer.customer_id)
        done = await approvals.ask_approval(uow, buyer, over.order_id, over.version, over.nonce, NOW)
        assert isinstance(done, OrderView)
        assert done.order.status is OrderStatus.APPROVED


async def test_a_blocked_customer_is_refused_and_finance_hears_of_it_once(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo = await aftab(uow), await goods(uow)
        finance = await a_member_of_staff(uow, Role.FINANCE)
        await uow.credit.put_hold(buyer.customer_id or 0, HoldKind.LEGAL, NOW)
        over = await try_to_place(uow, buyer, {shampoo: 1})
        assert isinstance(over, OverLimit)
        assert (over.decision.outcome, over.can_ask) == (CreditOutcome.REFUSED, False)
        again = await approvals.ask_approval(uow, buyer, over.order_id, over.version, over.nonce, NOW)
        assert isinstance(again, OverLimit)
        (notice,) = await told(uow, "credit_refused")
    assert notice["staff_id"] == finance.staff_id


async def test_a_bounced_cheque_is_left_to_finance_and_cash_is_taken(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo, finance = (
            await aftab(uow),
            await goods(uow),
            await a_member_of_staff(uow, Role.FINANCE),
        )
        await a_member_of_staff(uow, Role.MANAGER)
        await bounce(uow, buyer.customer_id or 0, NOW)
        order = await asked_for(uow, buyer, {shampoo: 1})
        (notice,) = await told(uow, "credit_approval")
        assert notice["staff_id"] == finance.staff_id
        assert (await uow.credit.list_decisions(order.id))[-1]["row"] == 3


async def test_a_good_customer_a_little_over_passes_and_the_managers_hear_of_it(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo, manager = (
            await aftab(uow),
            await goods(uow),
            await a_member_of_staff(uow, Role.MANAGER),
        )
        await in_segment(uow, buyer.customer_id or 0, "A")
        done = await try_to_place(uow, buyer, {shampoo: 36})
        assert isinstance(done, OrderView)
        assert done.order.status is OrderStatus.APPROVED
        (notice,) = await told(uow, "credit_passed")
    assert (notice["staff_id"], notice["facts"]["percent"]) == (manager.staff_id, 104)


async def test_a_placed_order_is_not_grown_beyond_the_limit_by_a_change(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo = await aftab(uow), await goods(uow)
        done = await try_to_place(uow, buyer, {shampoo: 30})
        assert isinstance(done, OrderView)
        await change_order(uow, buyer, done.order.id, NOW)
        over = await try_to_place(uow, buyer, {shampoo: 1})
        assert isinstance(over, OverLimit)
        assert (over.decision.over_by, over.can_ask) == (million(2), False)
        assert (await uow.orders.get(done.order.id, of=buyer)).status is OrderStatus.APPROVED


async def test_units_that_come_later_are_short_until_they_are_there(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo = await aftab(uow), await goods(uow, on_hand=20)
        manager = await a_member_of_staff(uow, Role.MANAGER)
        await a_basket(uow, buyer, {shampoo: 20})
        await set_line(uow, buyer, shampoo.id, 36, NOW, later=16)
        over = await place(uow, buyer, await summarise(uow, buyer, NOW))
        assert isinstance(over, OverLimit)
        asked = await approvals.ask_approval(uow, buyer, over.order_id, over.version, over.nonce, NOW)
        assert isinstance(asked, Asked)
        order = asked.view.order
        before = await seen_by(uow, manager, order)
        (short,) = before.short
        assert (short.there, short.asked, before.full_count) == (20, 36, 0)
        await put_stock(uow, shampoo.id, 50)
        assert (await seen_by(uow, manager, order)).full_count == 1
        stale = await approvals.approve(uow, manager, order.id, before.seen, NOW)
        assert isinstance(stale, Stale)
        assert stale.changes[0].kind is ChangeKind.STOCK


async def test_the_own_credit_is_explained_to_whoever_may_see_it(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await aftab(uow)
        found = await explain(uow, buyer, NOW)
        assert (found.limit, found.standing.remaining) == (million(300), million(60))
        blind = replace(buyer, rights=replace(buyer.rights, may_see_balance=False))
        with pytest.raises(Exception, match="balance"):
            await explain(uow, blind, NOW)


async def test_the_open_limit_counts_only_orders_on_account(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer, shampoo = await aftab(uow), await goods(uow)
        await uow.credit.put_limit(
            CreditLimit(open=million(120), total=million(300)), NOW, customer_id=buyer.customer_id
        )
        assert isinstance(await try_to_place(uow, buyer, {shampoo: 4}), OrderView)
        await uow.terms.put([made(TermKind.ACCOUNT, 21)], customer_id=buyer.customer_id or 0)
        over = await try_to_place(uow, buyer, {shampoo: 4})
        assert isinstance(over, OverLimit)
        assert over.decision.over_by == million(3)
