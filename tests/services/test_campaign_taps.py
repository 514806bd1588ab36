"""What recipients tap under a campaign's message, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from domain.actors import Actor
from domain.campaign_taps import Gone, Impossible, Looked, Over, Taken
from domain.catalogue import Product
from domain.errors import NotAllowed, NotFound, Shortage
from domain.money import of_toman
from domain.promotion_rules import Bonus, Scope
from domain.staff import Role
from services import campaign_taps as wishes
from services.basket import add_to_basket, find_basket
from storage.tables.campaigns import campaign_recipients
from storage.tables.catalogue import products
from storage.tables.people import contact_roles, identities
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.campaign_results import a_campaign, a_recipient
from tests.builders.catalogue import a_price, a_product, put_stock
from tests.builders.orders import a_buyer
from tests.builders.people import a_colleague, speaking
from tests.builders.pricing import TEN_AND_ONE
from tests.builders.promotions import a_kept_promotion
from tests.conftest import NOW

LATER = NOW + timedelta(hours=1)


@pytest.fixture
async def manager(store: Store) -> Actor:
    async with store.unit_of_work() as uow:
        return await a_colleague(uow, Role.MANAGER)


async def offered(uow: UnitOfWork, manager: Actor, **facts: object) -> tuple[Actor, Product, int]:
    """A shop with a price of its own was offered twelve pieces: buyer, product, recipient."""
    buyer = await a_buyer(uow)
    goods = await a_product(uow, "ضدآفتاب", toman=400_000, on_hand=100)
    await a_price(uow, goods.id, 312_000, customer_id=buyer.customer_id)
    campaign = await a_campaign(uow, manager, **{"product_id": goods.id, "quantity": 12, **facts})
    return buyer, goods, await a_recipient(uow, campaign, buyer)


async def click_of(store: Store, recipient_id: int) -> tuple[object, object]:
    async with store.reading() as uow:
        row = (
            await uow.connection.execute(
                select(campaign_recipients.c.clicked_at, campaign_recipients.c.opted_out_at).where(
                    campaign_recipients.c.id == recipient_id
                )
            )
        ).one()
    return row.clicked_at, row.opted_out_at


async def test_the_offered_quantity_is_in_the_basket_at_the_shops_price(store: Store, manager: Actor) -> None:
    async with store.unit_of_work() as uow:
        buyer, goods, recipient = await offered(uow, manager)
    async with store.unit_of_work() as uow:
        answer = await wishes.buy(uow, buyer, recipient, NOW)
    assert isinstance(answer, Taken)
    assert answer.centre is None
    async with store.reading() as uow:
        line = (await find_basket(uow, buyer)).draft.line(goods.id)
    assert line is not None
    assert (line.quantity, line.unit_price) == (12, of_toman(312_000))
    assert await click_of(store, recipient) == (NOW, None)


async def test_tapping_again_adds_nothing_and_the_first_click_stays(store: Store, manager: Actor) -> None:
    async with store.unit_of_work() as uow:
        buyer, goods, recipient = await offered(uow, manager)
    for at in (NOW, LATER, LATER):
        async with store.unit_of_work() as uow:
            assert isinstance(await wishes.buy(uow, buyer, recipient, at), Taken)
    async with store.reading() as uow:
        line = (await find_basket(uow, buyer)).draft.line(goods.id)
    assert line is not None
    assert line.quantity == 12
    assert (await click_of(store, recipient))[0] == NOW


@pytest.mark.parametrize(("before", "after"), [(4, 12), (30, 30)])
async def test_what_is_there_already_counts(store: Store, manager: Actor, before: int, after: int) -> None:
    async with store.unit_of_work() as uow:
        buyer, goods, recipient = await offered(uow, manager)
        await add_to_basket(uow, buyer, goods.id, before, NOW)
    async with store.unit_of_work() as uow:
        await wishes.buy(uow, buyer, recipient, NOW)
    async with store.reading() as uow:
        line = (await find_basket(uow, buyer)).draft.line(goods.id)
    assert line is not None
    assert line.quantity == after


async def test_a_forged_recipient_is_not_there(store: Store, manager: Actor) -> None:
    async with store.unit_of_work() as uow:
        buyer, _goods, recipient = await offered(uow, manager)
        colleague, rival = await a_buyer(uow, colleague_of=buyer), await a_buyer(uow, name="رقیب")
        held = await a_recipient(uow, await a_campaign(uow, manager), buyer, state="held", is_holdout=True)
        untold = await a_recipient(uow, await a_campaign(uow, manager), buyer, state="new", sent_at=None)
    tries = [(who, recipient) for who in (colleague, rival, manager)]
    tries += [(buyer, held), (buyer, untold), (buyer, 999_999)]
    for who, which in tries:
        for act in (wishes.buy, wishes.look, wishes.stop, wishes.want_again):
            with pytest.raises(NotFound):
                async with store.unit_of_work() as uow:
                    await act(uow, who, which, NOW)
    assert await click_of(store, recipient) == (None, None)


async def test_who_may_not_order_may_still_look_and_leave(store: Store, manager: Actor) -> None:
    async with store.unit_of_work() as uow:
        _buyer, goods, _recipient = await offered(uow, manager)
        powerless = await a_buyer(uow, may_order=False)
        campaign = await a_campaign(uow, manager, product_id=goods.id, quantity=12)
        recipient = await a_recipient(uow, campaign, powerless)
    with pytest.raises(NotAllowed):
        async with store.unit_of_work() as uow:
            await wishes.buy(uow, powerless, recipient, NOW)
    async with store.unit_of_work() as uow:
        assert isinstance(await wishes.look(uow, powerless, recipient, NOW), Looked)
        await wishes.stop(uow, powerless, recipient, NOW)


async def test_an_offer_that_has_ended_says_so(store: Store, manager: Actor) -> None:
    async with store.unit_of_work() as uow:
        buyer, goods, recipient = await offered(uow, manager, ends_on=date(2026, 11, 20))
    for act in (wishes.buy, wishes.look):
        async with store.unit_of_work() as uow:
            answer = await act(uow, buyer, recipient, NOW)
        assert answer == Over(product_id=goods.id, ended_on=date(2026, 11, 20))
    async with store.reading() as uow:
        assert not (await find_basket(uow, buyer)).draft.lines
    assert (await click_of(store, recipient))[0] == NOW


async def test_a_promotion_that_is_over_is_not_ordered_in_silence(store: Store, manager: Actor) -> None:
    async with store.unit_of_work() as uow:
        goods = await a_product(uow, "خمیردندان")
        scope = Scope(product_ids=frozenset({goods.id}))
        live = await a_kept_promotion(uow, Bonus(steps=TEN_AND_ONE), scope)
        old = await a_kept_promotion(uow, Bonus(steps=TEN_AND_ONE), scope, ends_on=date(2026, 11, 1))
        buyer = await a_buyer(uow)
        facts = {"product_id": goods.id, "quantity": 10}
        good = await a_recipient(uow, await a_campaign(uow, manager, promotion_id=live.id, **facts), buyer)
        late = await a_recipient(uow, await a_campaign(uow, manager, promotion_id=old.id, **facts), buyer)
    async with store.unit_of_work() as uow:
        shown = await wishes.look(uow, buyer, good, NOW)
        assert isinstance(shown, Looked)
        assert shown.deal is not None
        assert shown.deal.promotion.id == live.id
        assert isinstance(await wishes.buy(uow, buyer, good, NOW), Taken)
    async with store.unit_of_work() as uow:
        assert isinstance(await wishes.buy(uow, buyer, late, NOW), Over)
        assert isinstance(await wishes.look(uow, buyer, late, NOW), Over)


async def test_a_product_that_is_gone_says_so(store: Store, manager: Actor) -> None:
    async with store.unit_of_work() as uow:
        buyer, goods, recipient = await offered(uow, manager)
        await uow.connection.execute(
            update(products).where(products.c.id == goods.id).values(is_active=False)
        )
    for act in (wishes.buy, wishes.look):
        async with store.unit_of_work() as uow:
            assert isinstance(await act(uow, buyer, recipient, NOW), Gone)
    assert (await click_of(store, recipient))[0] == NOW


async def test_more_than_there_is_offers_what_there_is_and_keeps_the_click(
    store: Store, manager: Actor
) -> None:
    async with store.unit_of_work() as uow:
        buyer, goods, recipient = await offered(uow, manager)
        await put_stock(uow, goods.id, 5)
    async with store.unit_of_work() as uow:
        answer = await wishes.buy(uow, buyer, recipient, NOW)
    assert isinstance(answer, Impossible)
    assert isinstance(answer.why, Shortage)
    assert (answer.why.asked, answer.why.available) == (12, 5)
    assert (await click_of(store, recipient))[0] == NOW


async def test_whoever_acts_for_another_centre_acts_for_the_one_that_was_told(
    store: Store, manager: Actor
) -> None:
    async with store.unit_of_work() as uow:
        buyer, goods, recipient = await offered(uow, manager)
        other = await a_buyer(uow, name="شعبه ونک")
        await uow.connection.execute(
            contact_roles.insert().values(
                contact_id=buyer.contact_id, customer_id=other.customer_id, may_order=True
            )
        )
        await uow.connection.execute(
            update(identities)
            .where(identities.c.id == buyer.identity.id)
            .values(customer_id=other.customer_id)
        )
        elsewhere = await speaking(uow, buyer.identity.user_id)
    assert elsewhere.customer_id == other.customer_id
    async with store.unit_of_work() as uow:
        answer = await wishes.buy(uow, elsewhere, recipient, NOW)
    assert isinstance(answer, Taken)
    assert answer.centre == "داروخانه دکتر رضایی"
    async with store.unit_of_work() as uow:
        back = await speaking(uow, buyer.identity.user_id)
        line = (await find_basket(uow, back)).draft.line(goods.id)
    assert back.customer_id == buyer.customer_id
    assert line is not None
    assert line.unit_price == of_toman(312_000)


async def test_leaving_and_coming_back(store: Store, manager: Actor) -> None:
    async with store.unit_of_work() as uow:
        buyer, _goods, recipient = await offered(uow, manager)
    assert buyer.contact_id is not None
    for at in (NOW, LATER):
        async with store.unit_of_work() as uow:
            await wishes.stop(uow, buyer, recipient, at)
    async with store.reading() as uow:
        kept = await uow.settings.preferences(buyer.contact_id)
    assert (kept.promotions, kept.reminders) == (False, True)
    assert await click_of(store, recipient) == (None, NOW)
    async with store.unit_of_work() as uow:
        await wishes.want_again(uow, buyer, recipient, LATER)
    async with store.reading() as uow:
        assert (await uow.settings.preferences(buyer.contact_id)).promotions
    assert await click_of(store, recipient) == (None, None)
