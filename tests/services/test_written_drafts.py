"""A written message becomes a draft (S2): what is asked, what is remembered, what old buttons do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event, select, update

from domain.actors import Actor
from domain.catalogue import Product, Unit
from domain.credit import CreditLimit
from domain.errors import AlreadyPlaced, NotAllowed, NotFound
from domain.order_views import OrderView
from domain.orders import Channel
from domain.terms import TermKind, made
from domain.written import Line, WrittenOrder
from domain.written_drafts import (
    Answered,
    Asked,
    Asks,
    DayAsked,
    Drafted,
    Note,
    NothingLeft,
    Said,
    TermAsked,
)
from services.basket import find_basket, read_basket
from services.written_answers import answer, answer_many, pick, pick_day, pick_term
from services.written_drafts import begin, pending
from services.written_orders import Reading, Understood
from storage.tables.catalogue import products, stock_alerts
from storage.tables.guide import requested_goods
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_product, put_stock
from tests.builders.checkout import LIMIT
from tests.builders.orders import MONDAY, WEDNESDAY, a_basket, a_buyer, a_placed_order, place
from tests.conftest import NOW

MOST_STATEMENTS = 30
"""For any number of lines whose products are known."""
CHEQUE, LONGER, CASH = made(TermKind.CHEQUE, 45), made(TermKind.CHEQUE, 60), made(TermKind.CASH_PRE)


@dataclass(frozen=True, slots=True)
class Shop:
    buyer: Actor
    shampoo: Product
    gloves: Product
    light: Product
    dark: Product


async def a_shop(uow: UnitOfWork) -> Shop:
    """A pharmacy, and what it writes about: a shampoo, gloves by the pack, and a sunscreen in two shades."""
    shades = [
        await a_product(
            uow,
            f"ضدآفتاب رنگی درمالان SPF50 {shade}",
            label=f"ضدآفتاب {shade}",
            family="ضدآفتاب رنگی",
            variant=shade,
            carton=24,
            toman=312_000,
        )
        for shade in ("روشن", "تیره")
    ]
    shampoo = await a_product(uow, "شامپو ضدشوره آوین ۲۵۰ میل", label="شامپو آوین", carton=24)
    gloves = await a_product(uow, "دستکش لاتکس مدی‌گارد", label="دستکش", carton=10, unit=Unit.PACK, vat=0)
    return Shop(await a_buyer(uow), shampoo, gloves, shades[0], shades[1])


@pytest.fixture
async def shop(store: Store) -> Shop:
    async with store.unit_of_work() as uow:
        return await a_shop(uow)


async def says(store: Store, buyer: Actor, text: str) -> Answered:
    async with store.unit_of_work() as uow:
        found = await begin(uow, buyer, text, NOW)
    assert found is not None
    return found


def asked(found: Answered) -> Asked:
    assert isinstance(found.next, Asked)
    return found.next


def drafted(found: Answered) -> Drafted:
    assert isinstance(found.next, Drafted)
    return found.next


async def picks(store: Store, shop: Shop, question: Asked, product: Product) -> Answered:
    async with store.unit_of_work() as uow:
        return await pick(uow, shop.buyer, question.order_id, question.open.key, product.id, NOW)


async def tells(store: Store, shop: Shop, question: Asked, said: Said) -> Answered:
    async with store.unit_of_work() as uow:
        return await answer(uow, shop.buyer, question.order_id, question.open.key, said, NOW)


async def lines(store: Store, buyer: Actor) -> dict[int, int]:
    async with store.reading() as uow:
        draft = (await find_basket(uow, buyer)).draft
    return {line.product_id: line.quantity for line in draft.lines}


async def withdraw(store: Store, product: Product) -> None:
    async with store.unit_of_work() as uow:
        gone = update(products).where(products.c.id == product.id).values(is_active=False)
        await uow.connection.execute(gone)


async def test_what_is_clear_stands_in_the_draft_and_the_rest_is_asked(store: Store, shop: Shop) -> None:
    text = "سلام ۲ کارتن شامپو آوین، دستکش لاتکس ۱۰ بسته، ضدافتاب رنگی هم ۶ تا. دوشنبه بفرستین"
    question = asked(await says(store, shop.buyer, text))
    assert question.open.asks is Asks.WHICH
    assert set(question.open.choices) == {shop.light.id, shop.dark.id}
    assert question.greets
    assert await lines(store, shop.buyer) == {shop.shampoo.id: 48, shop.gloves.id: 10}

    found = drafted(await picks(store, shop, question, shop.light))
    order = found.summary.order
    assert [line.quantity for line in order.lines] == [48, 10, 6]
    assert (order.deliver_on, order.channel) == (MONDAY, Channel.TEXT)
    async with store.unit_of_work() as uow:
        placed = await place(uow, shop.buyer, found.summary)
    assert isinstance(placed, OrderView)


async def test_what_was_chosen_is_remembered_for_that_customer_alone(store: Store, shop: Shop) -> None:
    question = asked(await says(store, shop.buyer, "ضدافتاب رنگی ۶ تا"))
    await picks(store, shop, question, shop.dark)
    again = drafted(await says(store, shop.buyer, "ضدافتاب رنگی ۶ تا"))
    assert [each.product_id for each in again.summary.order.lines] == [shop.dark.id]
    assert await lines(store, shop.buyer) == {shop.dark.id: 12}

    async with store.unit_of_work() as uow:
        other = await a_buyer(uow, name="داروخانه دیگر")
    assert asked(await says(store, other, "ضدافتاب رنگی ۶ تا")).open.asks is Asks.WHICH


async def test_answering_twice_is_harmless(store: Store, shop: Shop) -> None:
    question = asked(await says(store, shop.buyer, "ضدافتاب رنگی ۶ تا"))
    await picks(store, shop, question, shop.light)
    second = await picks(store, shop, question, shop.dark)
    assert second.note is Note.SETTLED
    assert await lines(store, shop.buyer) == {shop.light.id: 6}


async def test_the_basket_leads_back_to_what_is_still_asked(store: Store, shop: Shop) -> None:
    question = asked(await says(store, shop.buyer, "۲ کارتن شامپو آوین، ضدافتاب رنگی ۶ تا"))
    async with store.unit_of_work() as uow:
        assert (await read_basket(uow, shop.buyer, NOW)).asks == 1
        again = await pending(uow, shop.buyer, NOW)
    assert isinstance(again, Asked)
    assert again.open == question.open
    await tells(store, shop, question, Said.DROP)
    async with store.unit_of_work() as uow:
        assert (await read_basket(uow, shop.buyer, NOW)).asks == 0
        assert await pending(uow, shop.buyer, NOW) is None


async def test_half_of_each_is_a_whole(store: Store, shop: Shop) -> None:
    question = asked(await says(store, shop.buyer, "ضدافتاب رنگی ۶ تا"))
    await tells(store, shop, question, Said.HALF)
    assert await lines(store, shop.buyer) == {shop.light.id: 3, shop.dark.id: 3}


async def test_an_old_button_says_that_the_order_is_placed(store: Store, shop: Shop) -> None:
    question = asked(await says(store, shop.buyer, "ضدافتاب رنگی ۶ تا"))
    found = drafted(await picks(store, shop, question, shop.light))
    async with store.unit_of_work() as uow:
        await place(uow, shop.buyer, found.summary)
    with pytest.raises(AlreadyPlaced):
        await picks(store, shop, question, shop.dark)


async def test_nobody_answers_for_somebody_else(store: Store, shop: Shop) -> None:
    question = asked(await says(store, shop.buyer, "ضدافتاب رنگی ۶ تا"))
    async with store.unit_of_work() as uow:
        other = await a_buyer(uow, name="داروخانه دیگر")
    with pytest.raises(NotFound):
        await picks(store, replace(shop, buyer=other), question, shop.light)
    async with store.unit_of_work() as uow:
        powerless = await a_buyer(uow, colleague_of=shop.buyer, may_order=False)
        with pytest.raises(NotAllowed):
            await begin(uow, powerless, "ضدافتاب رنگی ۶ تا", NOW)


async def test_what_is_sold_no_more_is_asked_about_again(store: Store, shop: Shop) -> None:
    question = asked(await says(store, shop.buyer, "ضدافتاب رنگی ۶ تا"))
    await withdraw(store, shop.light)
    again = await picks(store, shop, question, shop.light)
    assert again.note is Note.GONE
    assert asked(again).open.choices == (shop.dark.id,)
    assert await lines(store, shop.buyer) == {}


async def test_what_is_in_the_basket_stays_and_is_said(store: Store, shop: Shop) -> None:
    async with store.unit_of_work() as uow:
        await a_basket(uow, shop.buyer, {shop.shampoo: 6})
    found = drafted(await says(store, shop.buyer, "دستکش لاتکس ۱۰ بسته"))
    assert found.had == 1
    assert found.summary.order.channel is Channel.BROWSE
    assert await lines(store, shop.buyer) == {shop.shampoo.id: 6, shop.gloves.id: 10}


async def test_text_corrects_what_the_draft_says(store: Store, shop: Shop) -> None:
    await says(store, shop.buyer, "۲ کارتن شامپو آوین، دستکش لاتکس ۱۰ بسته")
    found = drafted(await says(store, shop.buyer, "دستکش رو بکن ۲ کارتن، شامپوم حذف"))
    assert not found.is_fresh
    assert [(each.before, each.after) for each in found.changes] == [(10, 20), (48, 0)]
    more = drafted(await says(store, shop.buyer, "دستکش ۵ بسته دیگه"))
    assert [(each.before, each.after) for each in more.changes] == [(20, 25)]
    swapped = drafted(await says(store, shop.buyer, "دستکش رو حذف کن به‌جاش شامپو آوین"))
    assert await lines(store, shop.buyer) == {shop.shampoo.id: 25}
    assert swapped.is_fresh
    gone = await says(store, shop.buyer, "همه رو حذف کن")
    assert isinstance(gone.next, NothingLeft)


async def test_what_is_asked_about_can_be_changed_too(store: Store, shop: Shop) -> None:
    await says(store, shop.buyer, "۲ کارتن شامپو آوین، ضدافتاب رنگی ۶ تا")
    found = drafted(await says(store, shop.buyer, "ضدافتاب رو حذف کن"))
    assert [line.product_id for line in found.summary.order.lines] == [shop.shampoo.id]


async def test_a_typed_word_answers_the_open_question(store: Store, shop: Shop) -> None:
    asked(await says(store, shop.buyer, "۲ کارتن شامپو آوین، ضدافتاب رنگی ۶ تا"))
    found = drafted(await says(store, shop.buyer, "روشن"))
    assert [line.product_id for line in found.summary.order.lines] == [shop.shampoo.id, shop.light.id]


async def test_few_of_what_comes_in_cartons_may_mean_cartons(store: Store, shop: Shop) -> None:
    question = asked(await says(store, shop.buyer, "شامپو آوین رو میخوام، ۲"))
    assert question.open.asks in (Asks.UNIT, Asks.MANY)
    async with store.unit_of_work() as uow:
        await answer_many(uow, shop.buyer, question.order_id, question.open.key, 48, NOW)
    assert await lines(store, shop.buyer) == {shop.shampoo.id: 48}


async def test_what_cannot_be_sold_so_is_rounded_up_and_named(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        soap = await a_product(uow, "صابون پادینا", minimum=12, multiple=6)
    found = drafted(await says(store, buyer, "صابون پادینا ۱۳ عدد"))
    assert [(each.before, each.after, each.is_rounded) for each in found.changes] == [(13, 18, True)]
    assert await lines(store, buyer) == {soap.id: 18}


async def test_what_is_out_can_be_waited_for(store: Store, shop: Shop) -> None:
    async with store.unit_of_work() as uow:
        await put_stock(uow, shop.shampoo.id, 0)
    question = asked(await says(store, shop.buyer, "دستکش لاتکس ۱۰ بسته، ۲ کارتن شامپو آوین"))
    assert question.open.asks is Asks.OUT
    found = await tells(store, shop, question, Said.ALERT)
    assert found.note is Note.ALERTED
    async with store.reading() as uow:
        kept = (await uow.connection.execute(select(stock_alerts))).one()
    assert (kept.product_id, kept.quantity) == (shop.shampoo.id, 48)
    assert await lines(store, shop.buyer) == {shop.gloves.id: 10}


async def test_of_what_is_short_the_rest_may_come_later(store: Store, shop: Shop) -> None:
    async with store.unit_of_work() as uow:
        await put_stock(uow, shop.shampoo.id, 30)
    question = asked(await says(store, shop.buyer, "۲ کارتن شامپو آوین"))
    assert question.open.asks is Asks.SHORT
    found = drafted(await tells(store, shop, question, Said.SPLIT))
    assert [(line.quantity, line.later) for line in found.summary.order.lines] == [(48, 18)]


async def test_what_nobody_sells_is_wished_for(store: Store, shop: Shop) -> None:
    question = asked(await says(store, shop.buyer, "دستکش لاتکس ۱۰ بسته، ۳ تا شامپو فلانی"))
    assert question.open.asks is Asks.UNKNOWN
    found = await tells(store, shop, question, Said.NONE)
    assert found.note is Note.REQUESTED
    async with store.reading() as uow:
        kept = (await uow.connection.execute(select(requested_goods.c.text))).scalar_one()
        (missed,) = await uow.searches.list_missed(NOW - timedelta(days=1), 5, 0)
    assert "فلانی" in kept
    assert missed.text == kept
    assert await lines(store, shop.buyer) == {shop.gloves.id: 10}


async def test_what_has_no_price_for_somebody_is_not_found(store: Store, shop: Shop) -> None:
    async with store.unit_of_work() as uow:
        await a_product(uow, "عطر پریوا", toman=None)
    question = asked(await says(store, shop.buyer, "عطر پریوا ۳ عدد"))
    assert (question.open.asks, question.open.choices) == (Asks.UNKNOWN, ())


async def test_as_always_means_the_last_cheque_and_else_it_is_asked(store: Store, shop: Shop) -> None:
    customer_id = shop.buyer.require_customer().id
    async with store.unit_of_work() as uow:
        await uow.terms.put((LONGER,), customer_id=customer_id)
        await uow.credit.put_limit(CreditLimit(total=LIMIT), NOW, customer_id=customer_id)
        await a_placed_order(uow, shop.buyer, {shop.gloves: 10})
        await uow.terms.put((CASH, CHEQUE, LONGER), customer_id=customer_id)
    usual = drafted(await says(store, shop.buyer, "دستکش لاتکس ۱۰ بسته مثل همیشه چکی"))
    assert usual.summary.order.term is not None
    assert usual.summary.order.term.is_same(LONGER)
    found = await says(store, shop.buyer, "چکی")
    assert isinstance(found.next, TermAsked)
    assert [each.term.days for each in found.next.choice.totals] == [45, 60]
    async with store.unit_of_work() as uow:
        chosen = found.next.choice.totals[0].term
        done = await pick_term(uow, shop.buyer, found.next.order_id, chosen.id, NOW)
    term = drafted(done).summary.order.term
    assert term is not None
    assert term.is_same(CHEQUE)


async def test_a_way_to_pay_that_was_not_agreed_is_asked_and_noted(store: Store, shop: Shop) -> None:
    async with store.unit_of_work() as uow:
        await uow.terms.put((CASH, CHEQUE), customer_id=shop.buyer.require_customer().id)
    found = await says(store, shop.buyer, "دستکش لاتکس ۱۰ بسته، چک ۹۰ روزه")
    assert isinstance(found.next, TermAsked)
    async with store.reading() as uow:
        assert (await find_basket(uow, shop.buyer)).draft.note is not None


async def test_a_day_without_a_tour_is_answered_with_those_that_have_one(store: Store, shop: Shop) -> None:
    found = await says(store, shop.buyer, "دستکش لاتکس ۱۰ بسته. سه‌شنبه بفرستین")
    assert isinstance(found.next, DayAsked)
    assert (found.next.wanted, found.next.days) == (date(2026, 11, 24), (MONDAY, WEDNESDAY))
    async with store.unit_of_work() as uow:
        done = await pick_day(uow, shop.buyer, found.next.order_id, WEDNESDAY, NOW)
    assert drafted(done).summary.order.deliver_on == WEDNESDAY


async def test_what_nobody_understood_is_a_note(store: Store, shop: Shop) -> None:
    found = drafted(await says(store, shop.buyer, "دستکش لاتکس ۱۰ بسته، لطفا زنگ طبقه سوم خراب است"))
    assert found.summary.order.note is not None
    assert "زنگ طبقه سوم خراب است" in found.summary.order.note


async def test_the_last_order_comes_again_with_a_change(store: Store, shop: Shop) -> None:
    async with store.unit_of_work() as uow:
        await a_placed_order(uow, shop.buyer, {shop.shampoo: 24, shop.gloves: 10})
    drafted(await says(store, shop.buyer, "همون قبلی ولی شامپو ۲ کارتن"))
    assert await lines(store, shop.buyer) == {shop.shampoo.id: 48, shop.gloves.id: 10}


@pytest.mark.parametrize("text", ["شامپو آوین", "سلام خوبین", "یه سوال داشتم", "چکی", "دوشنبه"])
async def test_what_is_no_order_is_left_to_others(store: Store, shop: Shop, text: str) -> None:
    async with store.unit_of_work() as uow:
        assert await begin(uow, shop.buyer, text, NOW) is None


async def test_a_hundred_lines_take_no_more_steps_than_one(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        goods = [await a_product(uow, f"کالای شماره {number}") for number in range(100)]
    found = tuple(
        Understood(line=Line(raw=each.name, phrase=each.name, quantity=Decimal(3)), product=each, pieces=3)
        for each in goods
    )
    reading = Reading(order=WrittenOrder(lines=tuple(each.line for each in found)), lines=found)
    sent: list[str] = []
    async with store.unit_of_work() as uow:
        event.listen(
            uow.connection.sync_connection,
            "before_cursor_execute",
            lambda _connection, _cursor, statement, *_more: sent.append(statement),
        )
        done = await begin(uow, buyer, reading, NOW)
    assert done is not None
    assert len(drafted(done).summary.order.lines) == 100
    assert len(sent) < MOST_STATEMENTS
