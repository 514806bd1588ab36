"""A shop sends us another: with its first paid purchase both get a gift, once."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.actors import Actor
from domain.errors import AlreadyDecided, NotFound
from domain.ledger import Account
from domain.money import of_toman
from domain.referral_errors import NoLinkYet
from domain.referrals import NAME_OF_BOT, PAYLOAD, Followed, ReferralState
from domain.settling import Payment
from domain.staff import Role
from jobs.referrals import sweep_referrals
from services import referrals
from services.ledger import receive_payment
from services.membership import approve_request
from services.truths import find_violations
from storage.tables.ledger import credit_notes, postings
from storage.tables.messages import notifications
from storage.tables.referrals import referrals as rows
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.ledger import an_invoice
from tests.builders.people import a_centre, a_colleague, a_contact_of, a_request, a_stranger, linked, speaking
from tests.conftest import NOW

GIFT = of_toman(500_000)
LATER = NOW + timedelta(days=3)


async def a_sender(uow: UnitOfWork) -> Actor:
    await uow.company.decide(NAME_OF_BOT + "telegram", "arman_teb_bot", NOW)
    return await linked(uow, await a_contact_of(uow, await a_centre(uow, "داروخانه معرف")))


async def payload_of(uow: UnitOfWork, sender: Actor) -> str:
    url = (await referrals.own_link(uow, sender, NOW)).url
    assert url.startswith("https://t.me/arman_teb_bot?start=ref_")
    return url.partition("start=")[2]


async def sent(uow: UnitOfWork, sender: Actor) -> Actor:
    """A stranger who came by the link, registered, and was let in."""
    stranger = await a_stranger(uow)
    what, gift = await referrals.follow(uow, stranger, await payload_of(uow, sender), NOW)
    assert (what, gift) == (Followed.INVITED, GIFT)
    request = await a_request(uow, stranger, name="داروخانه تازه")
    await approve_request(uow, request.id, await a_colleague(uow, Role.MANAGER), NOW)
    return await speaking(uow, stranger.identity.user_id)


async def buys(uow: UnitOfWork, buyer: Actor, *, pays: bool = True) -> None:
    invoice = await an_invoice(uow, buyer, 9_000_000)
    if pays:
        finance = await a_colleague(uow, Role.FINANCE)
        paid = Payment(
            id=0, customer_id=buyer.customer_id or 0, amount=invoice.total, paid_on=NOW.date(), method="card"
        )
        await receive_payment(uow, finance, paid, NOW)


async def gifts(store: Store) -> dict[int, int]:
    """Rials of gifts by customer."""
    async with store.reading() as uow:
        found = select(credit_notes.c.customer_id, func.sum(credit_notes.c.amount_rials)).where(
            credit_notes.c.reason == "gift"
        )
        return {
            row[0]: int(row[1])
            for row in await uow.connection.execute(found.group_by(credit_notes.c.customer_id))
        }


async def test_both_get_their_gift_with_the_first_purchase_that_is_paid(store: Store) -> None:
    async with store.unit_of_work() as uow:
        sender = await a_sender(uow)
        new = await sent(uow, sender)
        owed = await an_invoice(uow, sender, 3_000_000)
        await buys(uow, new, pays=False)
    assert await sweep_referrals(store, LATER) == 0, "delivered is not paid"
    async with store.unit_of_work() as uow:
        await buys(uow, new)
        await buys(uow, new)
    done = [await sweep_referrals(store, LATER) for _round in range(2)]
    assert done == [1, 0]
    both = {sender.customer_id: GIFT.rials, new.customer_id: GIFT.rials}
    assert await gifts(store) == both
    async with store.reading() as uow:
        assert (await uow.invoices.get(owed.id, of=sender)).open.rials == 0, "a gift settles what is owed"
        assert (await find_violations(uow, LATER))[0] == ()
        posted = select(func.sum(postings.c.amount_rials)).where(
            postings.c.debit_account == Account.GIFTS.value
        )
        assert await uow.connection.scalar(posted) == 2 * GIFT.rials
        told = select(func.count()).where(notifications.c.kind == "referral_given")
        assert await uow.connection.scalar(told) == 2
        tally = await uow.referrals.tally(sender.customer_id or 0)
    assert (tally.opened, tally.joined, tally.given, tally.earned) == (1, 1, 1, GIFT)


async def test_of_several_sweeps_at_once_one_gives(store: Store) -> None:
    async with store.unit_of_work() as uow:
        sender = await a_sender(uow)
        first, second = await sent(uow, sender), await sent(uow, sender)
        for each in (first, second):
            await buys(uow, each)
    done = await asyncio.gather(*(sweep_referrals(store, LATER) for _each in range(4)))
    assert sum(done) == 2
    rials = GIFT.rials
    assert await gifts(store) == {
        sender.customer_id: 2 * rials, first.customer_id: rials, second.customer_id: rials,
    }  # fmt: skip


async def test_who_is_with_us_already_is_sent_by_nobody(store: Store) -> None:
    async with store.unit_of_work() as uow:
        sender = await a_sender(uow)
        payload = await payload_of(uow, sender)
        colleague = await linked(uow, await a_contact_of(uow, sender.customer_id or 0, name="همکار"))
        other = await linked(uow, await a_contact_of(uow, await a_centre(uow, "دیگری")))
        waiting = await a_stranger(uow)
        await a_request(uow, waiting)
        wanted = [
            (sender, Followed.OWN), (colleague, Followed.OWN), (other, Followed.KNOWN),
            (await a_colleague(uow), Followed.KNOWN), (waiting, Followed.KNOWN),
        ]  # fmt: skip
        for who, answer in wanted:
            assert (await referrals.follow(uow, who, payload, NOW))[0] is answer
        stranger = await a_stranger(uow)
        for wrong in (PAYLOAD, payload[:-1], payload[:-1] + "!", PAYLOAD + "A" * 22, "inv_" + "A" * 22):
            assert (await referrals.follow(uow, stranger, wrong, NOW))[0] is Followed.UNKNOWN
        assert await uow.connection.scalar(select(func.count()).select_from(rows)) == 0
        await referrals.follow(uow, stranger, payload, NOW)
        await referrals.follow(uow, stranger, await payload_of(uow, other), NOW)
        assert await uow.connection.scalar(select(func.count()).select_from(rows)) == 1, (
            "the first link counts"
        )


async def test_a_large_gift_waits_for_one_word_of_a_manager(store: Store) -> None:
    async with store.unit_of_work() as uow:
        sender = await a_sender(uow)
        await uow.company.decide("push.referral_free_rials", GIFT.rials - 1, NOW)
        managers = [await a_colleague(uow, Role.MANAGER) for _each in range(2)]
        await buys(uow, await sent(uow, sender))
        buyers = await sent(uow, sender)
        await buys(uow, buyers)
    assert await sweep_referrals(store, LATER) == 2
    assert await gifts(store) == {}
    async with store.unit_of_work() as uow:
        first, second = await uow.connection.scalars(select(rows.c.id).order_by(rows.c.id))
        with pytest.raises(NotFound):
            await referrals.decide(uow, sender, first, LATER, is_given=True)
        said = await referrals.decide(uow, managers[0], first, LATER, is_given=True)
        assert said.state is ReferralState.GIVEN
        with pytest.raises(AlreadyDecided):
            await referrals.decide(uow, managers[1], first, LATER, is_given=True)
        with pytest.raises(AlreadyDecided):
            await referrals.decide(uow, managers[1], first, LATER, is_given=False)
        said = await referrals.decide(uow, managers[1], second, LATER, is_given=False)
        assert said.state is ReferralState.REFUSED
    found = await gifts(store)
    assert found.pop(sender.customer_id or 0) == GIFT.rials
    assert buyers.customer_id not in found


async def test_a_link_is_made_when_the_bots_name_is_known_and_stays_the_same(store: Store) -> None:
    async with store.unit_of_work() as uow:
        contact = await linked(uow, await a_contact_of(uow, await a_centre(uow)))
        with pytest.raises(NoLinkYet):
            await referrals.own_link(uow, contact, NOW)
        await uow.company.decide(NAME_OF_BOT + "telegram", "arman_teb_bot", NOW)
        once, again = [await payload_of(uow, contact) for _each in range(2)]
        assert once == again
        await uow.company.decide("push.referral_gift_rials", 0, NOW)
        with pytest.raises(NotFound):
            await referrals.own_link(uow, contact, NOW)
