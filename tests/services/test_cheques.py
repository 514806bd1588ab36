"""Rule R3 in the books: each move of a cheque, what it posts, and the customer's credit after it."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from itertools import product

import pytest
from sqlalchemy import select

from domain.cheque_errors import (
    DrawerRefused,
    DrawerUnknown,
    DrawerWaits,
    MoveRefused,
    NothingToUndo,
    NotReplaced,
    SayadIdTaken,
    SayadNotConfirmed,
    TooMuchOfOneColour,
)
from domain.credit import HoldKind
from domain.drawers import DrawerColour, DrawerDecision, Grade
from domain.errors import ChangedMeanwhile, NotFound
from domain.instruments import NEXT, BounceReason, Cheque, ChequeState
from domain.ledger import Voucher
from domain.money import Money, Rate, of_toman
from domain.sayad import SayadState
from domain.staff import Role
from services.instruments import desk, moving, own, policy, undoing
from storage.tables.ledger import invoices
from storage.tables.messages import notifications
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.cheques import LATER, S, a_cheque_in, a_sayad_id, announced, move, people
from tests.builders.credit import an_open_invoice, as_aftab, limited, million
from tests.builders.orders import WEST, a_buyer, a_member_of_staff
from tests.conftest import NOW

EVERY_MOVE = [(was, to) for was, to in product(S, S) if was is not S.ANNOUNCED or to is not S.ANNOUNCED]


async def figures(uow: UnitOfWork, customer_id: int) -> tuple[Money, ...]:
    """Balance by the postings, open invoices, uncleared, bounced, unallocated, exposure."""
    found = await uow.credit.standing(customer_id, NOW)
    return (
        await uow.ledger.balance(customer_id),
        found.open_invoices,
        found.uncleared,
        found.bounced,
        found.unallocated,
        found.exposure,
    )


def millions(*amounts: float) -> tuple[Money, ...]:
    return tuple(million(each) for each in amounts)


async def told(uow: UnitOfWork, kind: str) -> set[str]:
    """Who hears of that kind: contacts and members of staff."""
    rows = await uow.connection.execute(
        select(notifications.c.contact_id, notifications.c.staff_id).where(notifications.c.kind == kind)
    )
    return {f"c{row.contact_id}" if row.contact_id else f"s{row.staff_id}" for row in rows}


async def open_of(uow: UnitOfWork, invoice_id: int) -> Money:
    found = await uow.connection.scalar(select(invoices.c.open_rials).where(invoices.c.id == invoice_id))
    return Money(found or 0)


@pytest.mark.parametrize(("was", "to"), EVERY_MOVE, ids=[f"{a}-{b}" for a, b in EVERY_MOVE])
async def test_every_move_of_the_table_and_no_other(
    sqlite_store: Store, was: ChequeState, to: ChequeState
) -> None:
    async with sqlite_store.unit_of_work() as uow:
        who = await people(uow)
        cheque = await a_cheque_in(uow, who, was)
    if to in NEXT[was]:
        async with sqlite_store.unit_of_work() as uow:
            await move(uow, who, cheque, to)
    else:
        with pytest.raises(MoveRefused):
            async with sqlite_store.unit_of_work() as uow:
                await move(uow, who, cheque, to)
    async with sqlite_store.reading() as uow:
        found = await uow.cheques.get(cheque.id, of=who.finance)
    assert found.state is (to if to in NEXT[was] else was)


async def test_taking_a_cheque_lowers_the_balance_and_leaves_the_remaining_credit(store: Store) -> None:
    """CUS-06, and how the remaining credit rises when it is paid."""
    async with store.unit_of_work() as uow:
        who = await people(uow)
        await limited(uow, who.customer_id, million(60))
        invoice = await an_open_invoice(uow, who.customer_id, million(20))
        cheque = await announced(uow, who.salon, million(12))
    async with store.reading() as uow:
        assert (await figures(uow, who.customer_id))[1:] == millions(20, 0, 0, 0, 20)
    async with store.unit_of_work() as uow:
        cheque = await move(uow, who, cheque, S.RECEIVED)
    async with store.reading() as uow:
        assert await figures(uow, who.customer_id) == millions(-12, 8, 12, 0, 0, 20)
        assert await open_of(uow, invoice) == million(8)
        assert (await uow.cheques.get(cheque.id, of=who.customer_id)).unallocated == Money(0)
        assert (await uow.credit.standing(who.customer_id, NOW)).remaining == million(40)
    async with store.unit_of_work() as uow:
        cheque = await move(uow, who, await move(uow, who, cheque, S.DEPOSITED), S.CLEARED)
    async with store.reading() as uow:
        assert await figures(uow, who.customer_id) == millions(-12, 8, 0, 0, 0, 8)
        assert await told(uow, "cheque_cleared") == {f"c{who.salon.contact_id}"}


async def test_what_no_invoice_needs_is_credit(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who = await people(uow)
        await an_open_invoice(uow, who.customer_id, million(5))
        await a_cheque_in(uow, who, S.RECEIVED, million(12))
    async with store.reading() as uow:
        assert await figures(uow, who.customer_id) == millions(-12, 0, 12, 0, 7, 5)


async def test_the_oldest_due_is_settled_first_or_the_one_that_is_named(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who = await people(uow)
        late = await an_open_invoice(uow, who.customer_id, million(10), LATER)
        early = await an_open_invoice(uow, who.customer_id, million(10), LATER - timedelta(days=20))
        await a_cheque_in(uow, who, S.RECEIVED, million(6))
        named = await announced(uow, who.salon, million(3))
        named = await desk.record_colour(uow, who.finance, named.id, DrawerColour.WHITE, named.version, NOW)
        await moving.receive(uow, who.finance, named.id, named.version, NOW, (late,))
    async with store.reading() as uow:
        assert (await open_of(uow, early), await open_of(uow, late)) == millions(4, 7)


async def test_a_bounce_brings_the_debt_back_and_stops_credit_at_once(store: Store) -> None:
    """CRD-05 and S11.6: debt, hold, notices and task in one transaction."""
    async with store.unit_of_work() as uow:
        who = await people(uow)
        await an_open_invoice(uow, who.customer_id, million(20))
        cheque = await a_cheque_in(uow, who, S.DEPOSITED, million(8))
    async with store.unit_of_work() as uow:
        await moving.bounce(uow, who.finance, cheque.id, BounceReason.FUNDS, cheque.version, NOW, "B-1")
    async with store.reading() as uow:
        assert await figures(uow, who.customer_id) == millions(0, 12, 0, 8, 0, 20)
        found = await uow.cheques.get(cheque.id, of=who.customer_id)
        assert (found.state, found.bounce_reason, found.bounce_code) == (S.BOUNCED, BounceReason.FUNDS, "B-1")
        assert [each.kind for each in await uow.credit.list_holds(who.customer_id)] == [HoldKind.BOUNCED]
        assert await told(uow, "cheque_bounced") == {f"c{who.salon.contact_id}"}
        staff = {f"s{who.finance.staff_id}", f"s{who.manager.staff_id}"}
        assert await told(uow, "cheque_bounce_alert") == staff
        assert await uow.tasks.find(f"cheque_bounced:{cheque.id}:1") is not None


async def test_the_visitor_of_the_route_hears_of_a_bounce(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who = await people(uow)
        visitor = await a_member_of_staff(uow, Role.VISITOR)
        await uow.calendars.put_route(WEST, visitor_id=visitor.staff_id)
        await a_cheque_in(uow, who, S.BOUNCED)
    async with store.reading() as uow:
        assert f"s{visitor.staff_id}" in await told(uow, "cheque_bounce_alert")


async def test_a_bounced_cheque_of_25_keeps_the_exposure_of_240_and_stops_the_customer(store: Store) -> None:
    """R2.2."""
    async with store.unit_of_work() as uow:
        who = await people(uow)
        smallest = await as_aftab(uow, who.customer_id)
        before = await uow.credit.standing(who.customer_id, NOW)
        cheque = await uow.cheques.get(smallest, of=who.finance)
        await moving.bounce(uow, who.finance, smallest, BounceReason.FUNDS, cheque.version, NOW)
    async with store.reading() as uow:
        after = await uow.credit.standing(who.customer_id, NOW)
    assert (before.exposure, after.exposure) == millions(240, 240)
    assert (after.uncleared, after.bounced) == millions(70, 25)
    assert HoldKind.BOUNCED in after.holds


async def test_a_cleared_cheque_of_40_leaves_200_and_100(store: Store) -> None:
    """R2.2."""
    async with store.unit_of_work() as uow:
        who = await people(uow)
        await as_aftab(uow, who.customer_id)
        forty = (await uow.cheque_lists.list_of(who.customer_id, {S.RECEIVED}))[0]
        await moving.move_cheque(uow, who.finance, forty.id, S.CLEARED, forty.version, NOW)
    async with store.reading() as uow:
        after = await uow.credit.standing(who.customer_id, NOW)
    assert (after.exposure, after.remaining) == millions(200, 100)


async def test_a_cheque_that_bounced_can_go_again_and_be_paid(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who = await people(uow)
        await an_open_invoice(uow, who.customer_id, million(20))
        cheque = await a_cheque_in(uow, who, S.BOUNCED, million(8))
        cheque = await move(uow, who, cheque, S.DEPOSITED)
        assert await figures(uow, who.customer_id) == millions(-8, 12, 8, 0, 0, 20)
        await move(uow, who, cheque, S.CLEARED)
    async with store.reading() as uow:
        assert await figures(uow, who.customer_id) == millions(-8, 12, 0, 0, 0, 12)


async def test_money_settles_what_came_back_and_the_stop_stays(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who = await people(uow)
        await an_open_invoice(uow, who.customer_id, million(20))
        cheque = await a_cheque_in(uow, who, S.LEGAL, million(8))
        await moving.settle(uow, who.finance, cheque.id, cheque.version, NOW)
    async with store.reading() as uow:
        assert await figures(uow, who.customer_id) == millions(-8, 12, 0, 0, 0, 12)
        assert await uow.credit.list_holds(who.customer_id)
        assert await uow.tasks.find(f"cheque_bounced:{cheque.id}:1") is None


async def test_another_cheque_settles_what_came_back(store: Store) -> None:
    """S11.6 «چک جایگزین»: the invoices are paid by the new cheque now."""
    async with store.unit_of_work() as uow:
        who = await people(uow)
        invoice = await an_open_invoice(uow, who.customer_id, million(8))
        cheque = await a_cheque_in(uow, who, S.BOUNCED, million(8))
        with pytest.raises(NotReplaced):
            await moving.settle(uow, who.finance, cheque.id, cheque.version, NOW, is_replaced=True)
        await a_cheque_in(uow, who, S.RECEIVED, million(9))
        assert await figures(uow, who.customer_id) == millions(-9, 0, 9, 8, 9, 8)
        await moving.settle(uow, who.finance, cheque.id, cheque.version, NOW, is_replaced=True)
    async with store.reading() as uow:
        assert await figures(uow, who.customer_id) == millions(-9, 0, 9, 0, 1, 8)
        assert await open_of(uow, invoice) == Money(0)


async def test_a_cheque_that_is_handed_back_is_owed_again(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who = await people(uow)
        await an_open_invoice(uow, who.customer_id, million(20))
        await a_cheque_in(uow, who, S.HANDED_BACK, million(8))
    async with store.reading() as uow:
        assert await figures(uow, who.customer_id) == millions(0, 20, 0, 0, 0, 20)


async def test_few_rials_more_or_less_are_let_go_and_taken_back_with_the_cheque(store: Store) -> None:
    """R1.4a."""
    async with store.unit_of_work() as uow:
        who = await people(uow)
        await an_open_invoice(uow, who.customer_id, Money(80_000_003))
        cheque = await a_cheque_in(uow, who, S.RECEIVED, million(8))
        assert (await uow.credit.standing(who.customer_id, NOW)).open_invoices == Money(0)
        await move(uow, who, cheque, S.HANDED_BACK)
    async with store.reading() as uow:
        assert await uow.ledger.balance(who.customer_id) == Money(0)
        assert (await uow.credit.standing(who.customer_id, NOW)).open_invoices == Money(80_000_003)


@pytest.mark.parametrize("state", [S.RECEIVED, S.DEPOSITED, S.CLEARED, S.BOUNCED, S.SETTLED, S.HANDED_BACK])
async def test_an_undo_leaves_the_books_as_they_were(store: Store, state: ChequeState) -> None:
    async with store.unit_of_work() as uow:
        who = await people(uow)
        await an_open_invoice(uow, who.customer_id, million(5))
        before = await figures(uow, who.customer_id)
        cheque = await a_cheque_in(uow, who, state, million(8))
    steps = len(cheque.moves) - 1
    for _each in range(steps):
        async with store.unit_of_work() as uow:
            cheque = await undoing.undo(uow, who.finance, cheque.id, cheque.version, "اشتباه ثبت شد", NOW)
    async with store.reading() as uow:
        assert cheque.state is S.ANNOUNCED
        assert await figures(uow, who.customer_id) == before
        assert not await uow.credit.list_holds(who.customer_id)
        found = await uow.cheques.get(cheque.id, of=who.customer_id)
        assert found.moves[-1].reason == "اشتباه ثبت شد"
        assert await uow.audit.list_of("cheque", cheque.id)
    with pytest.raises(NothingToUndo):
        async with store.unit_of_work() as uow:
            await undoing.undo(uow, who.finance, cheque.id, cheque.version, "باز هم", NOW)


async def test_an_undo_of_a_second_bounce_takes_back_the_second_one_only(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who = await people(uow)
        cheque = await a_cheque_in(uow, who, S.BOUNCED, million(8))
        cheque = await move(uow, who, await move(uow, who, cheque, S.DEPOSITED), S.BOUNCED)
        cheque = await undoing.undo(uow, who.finance, cheque.id, cheque.version, "اشتباه", NOW)
    async with store.reading() as uow:
        assert (await figures(uow, who.customer_id))[:4] == millions(-8, 0, 8, 0)


async def test_only_finance_moves_cheques(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who = await people(uow)
        cheque = await a_cheque_in(uow, who, S.DEPOSITED)
    for actor in (who.salon, who.manager):
        for deed in (
            moving.move_cheque(uow, actor, cheque.id, S.CLEARED, cheque.version, NOW),
            moving.bounce(uow, actor, cheque.id, BounceReason.FUNDS, cheque.version, NOW),
            undoing.undo(uow, actor, cheque.id, cheque.version, "نه", NOW),
            desk.record_colour(uow, actor, cheque.id, DrawerColour.WHITE, cheque.version, NOW),
            desk.record_sayad(uow, actor, cheque.id, SayadState.TRANSFERRED, cheque.version, NOW),
        ):
            with pytest.raises(NotFound):
                await deed


async def test_a_card_that_was_overtaken_moves_nothing(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who = await people(uow)
        cheque = await a_cheque_in(uow, who, S.DEPOSITED)
        await move(uow, who, cheque, S.CLEARED)
    with pytest.raises(ChangedMeanwhile):
        async with store.unit_of_work() as uow:
            await moving.bounce(uow, who.finance, cheque.id, BounceReason.FUNDS, cheque.version, NOW)


async def test_two_taps_at_once_move_it_once(store: Store) -> None:
    """B-6: the same card, tapped by two people in the same moment."""
    async with store.unit_of_work() as uow:
        who = await people(uow)
        cheque = await a_cheque_in(uow, who, S.DEPOSITED, million(8))

    async def tap(to: ChequeState) -> bool:
        try:
            async with store.unit_of_work() as uow:
                await move(uow, who, cheque, to)
        except ChangedMeanwhile:
            return False
        return True

    assert sorted(await asyncio.gather(*(tap(to) for to in (S.CLEARED, S.BOUNCED, S.CLEARED)))) == [
        False,
        False,
        True,
    ]
    async with store.reading() as uow:
        assert len(await uow.ledger.list_postings(Voucher.CHEQUE, cheque.id)) == 2


async def test_the_bank_gets_only_what_the_register_confirms(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who = await people(uow)
        cheque = await a_cheque_in(uow, who, S.RECEIVED)
        with pytest.raises(SayadNotConfirmed):
            await moving.move_cheque(uow, who.finance, cheque.id, S.DEPOSITED, cheque.version, NOW)


async def test_a_rejection_in_the_register_needs_a_reason_and_is_told(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who = await people(uow)
        cheque = await a_cheque_in(uow, who, S.RECEIVED)
        with pytest.raises(MoveRefused):
            await desk.record_sayad(uow, who.finance, cheque.id, SayadState.REJECTED, cheque.version, NOW)
        await desk.record_sayad(
            uow, who.finance, cheque.id, SayadState.REJECTED, cheque.version, NOW, "مبلغ نمی‌خواند"
        )
    async with store.reading() as uow:
        assert await told(uow, "cheque_rejected") == {f"c{who.salon.contact_id}"}
        assert (await uow.cheques.get(cheque.id, of=who.customer_id)).sayad_state is SayadState.REJECTED


async def test_a_number_is_taken_once_until_it_is_void(store: Store) -> None:
    number = a_sayad_id()
    async with store.unit_of_work() as uow:
        who = await people(uow)
        rival = await a_buyer(uow, name="رقیب", may_see_balance=True)
        first = await announced(uow, who.salon, sayad_id=number)
    with pytest.raises(SayadIdTaken):
        async with store.unit_of_work() as uow:
            await announced(uow, rival, sayad_id=number)
    with pytest.raises(SayadIdTaken):
        async with store.unit_of_work() as uow:
            await own.require_free(uow, rival, number)
    async with store.unit_of_work() as uow:
        await move(uow, who, first, S.VOID)
        await own.require_free(uow, rival, number)
        second = await announced(uow, rival, sayad_id=number)
        assert await uow.cheques.find(number) == second.id


async def test_the_drawers_colour_is_asked_before_a_cheque_is_taken(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who = await people(uow)
        cheque = await announced(uow, who.salon)
        with pytest.raises(DrawerUnknown):
            await moving.receive(uow, who.finance, cheque.id, cheque.version, NOW)
        red = await desk.record_colour(uow, who.finance, cheque.id, DrawerColour.RED, cheque.version, NOW)
        with pytest.raises(DrawerRefused):
            await moving.receive(uow, who.finance, red.id, red.version, NOW)
    async with store.reading() as uow:
        assert await told(uow, "cheque_alert") == {f"s{who.manager.staff_id}"}


async def test_a_manager_agrees_to_yellow(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who = await people(uow)
        cheque = await announced(uow, who.salon)
        yellow = await desk.record_colour(
            uow, who.finance, cheque.id, DrawerColour.YELLOW, cheque.version, NOW
        )
        with pytest.raises(DrawerWaits):
            await moving.receive(uow, who.finance, yellow.id, yellow.version, NOW)
        assert await told(uow, "cheque_waits") == {f"s{who.manager.staff_id}"}
        agreed = await desk.approve_drawer(uow, who.manager, yellow.id, yellow.version, NOW)
        await moving.receive(uow, who.finance, agreed.id, agreed.version, NOW)
    async with store.reading() as uow:
        assert (await uow.cheques.get(cheque.id, of=who.customer_id)).state is S.RECEIVED


async def test_a_new_colour_needs_a_new_word_of_the_manager(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who = await people(uow)
        cheque = await announced(uow, who.salon)
        yellow = DrawerColour.YELLOW
        cheque = await desk.record_colour(uow, who.finance, cheque.id, yellow, cheque.version, NOW)
        cheque = await desk.approve_drawer(uow, who.manager, cheque.id, cheque.version, NOW)
        cheque = await desk.record_colour(uow, who.finance, cheque.id, yellow, cheque.version, NOW)
        with pytest.raises(DrawerWaits):
            await moving.receive(uow, who.finance, cheque.id, cheque.version, NOW)


async def test_orange_pays_half_and_the_company_may_say_otherwise(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who = await people(uow)
        await an_open_invoice(uow, who.customer_id, million(20))
        cheque = await announced(uow, who.salon, million(12))
        orange = await desk.record_colour(
            uow, who.finance, cheque.id, DrawerColour.ORANGE, cheque.version, NOW
        )
        with pytest.raises(TooMuchOfOneColour) as refused:
            await moving.receive(uow, who.finance, orange.id, orange.version, NOW)
        assert refused.value.most == million(10)
        await uow.company.decide(policy.POLICY_SETTING, {"orange": "finance:60"}, NOW)
        await moving.receive(uow, who.finance, orange.id, orange.version, NOW)


async def test_a_manager_decides_which_colours_are_taken(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who = await people(uow)
        with pytest.raises(NotFound):
            await policy.set_rule(uow, who.finance, DrawerColour.BROWN, DrawerDecision.ACCEPT, NOW)
        await policy.set_rule(uow, who.manager, DrawerColour.BROWN, DrawerDecision.ACCEPT, NOW)
        await policy.set_rule(uow, who.manager, DrawerColour.YELLOW, DrawerDecision.FINANCE, NOW)
        await a_cheque_in(uow, who, S.RECEIVED, colour=DrawerColour.BROWN)
    async with store.reading() as uow:
        table = await policy.show_policy(uow, who.finance)
    assert table[DrawerColour.BROWN].decision is DrawerDecision.ACCEPT
    assert table[DrawerColour.YELLOW].most_share == Rate(5_000)
    assert table[DrawerColour.RED].decision is DrawerDecision.ALERT


async def test_how_a_customers_cheques_have_done(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who = await people(uow)
        for state in (S.CLEARED, S.CLEARED, S.CLEARED, S.BOUNCED, S.RECEIVED):
            await a_cheque_in(uow, who, state, of_toman(10_000_000))
    async with store.reading() as uow:
        record = await desk.record_of_year(uow, who.customer_id, NOW)
        totals = await desk.totals(uow, who.customer_id)
    assert (record.cleared_count, record.bounced_count, record.grade()) == (3, 1, Grade.BAD)
    assert (totals.uncleared_count, totals.uncleared, totals.bounced_count) == (1, million(10), 1)
    assert totals.last_bounced_on == date(2026, 11, 21)


async def test_a_cheque_of_others_is_no_cheque(store: Store) -> None:
    async with store.unit_of_work() as uow:
        who = await people(uow)
        rival = await a_buyer(uow, name="رقیب", may_see_balance=True)
        cheque: Cheque = await announced(uow, who.salon)
        with pytest.raises(NotFound):
            await own.open_own(uow, rival, cheque.id)
        with pytest.raises(NotFound):
            await own.answer_reminder(uow, rival, cheque.id, NOW, is_ready=True)
