from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event, update

from domain.basket import MOST_LINES, MOST_NOTE, DayChoice
from domain.errors import (
    ChangedMeanwhile,
    EmptyOrder,
    NoDeliveryDay,
    NotAllowed,
    NotAQuantity,
    NotFound,
    NotSold,
    QuantityNotSold,
    Shortage,
    TextRefused,
    TooManyLines,
)
from domain.money import of_toman
from domain.orders import Order
from services.basket import (
    add_to_basket,
    add_typed,
    choose_day,
    empty_basket,
    find_basket,
    open_line,
    put_note,
    read_basket,
    save_draft,
    set_line,
    set_typed,
)
from storage.tables.catalogue import products
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_price, a_product, put_stock
from tests.builders.orders import MONDAY, WEDNESDAY, WEST, a_basket, a_buyer, summarise
from tests.conftest import NOW


@pytest.fixture
async def uow(store: Store) -> AsyncIterator[UnitOfWork]:
    async with store.unit_of_work() as uow:
        yield uow


@pytest.fixture
def counting(uow: UnitOfWork) -> list[str]:
    """The statements that this unit of work has sent since the list was cleared."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    event.listen(uow.connection.sync_connection, "before_cursor_execute", note)
    return sent


def lines(order: Order) -> list[tuple[int, int, int]]:
    return [(each.product_id, each.quantity, each.later) for each in order.lines]


async def test_the_basket_survives_in_the_database(store: Store) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        shampoo, paste = await a_product(uow), await a_product(uow, toman=96_000)
        await a_basket(uow, buyer, {shampoo: 24, paste: 40})
        await a_basket(uow, buyer, {shampoo: 24})
    async with store.reading() as uow:
        draft = (await find_basket(uow, buyer)).draft
        assert lines(draft) == [(shampoo.id, 48, 0), (paste.id, 40, 0)]
        assert draft.net == of_toman(48 * 148_000 + 40 * 96_000)
        assert buyer.customer_id is not None
        assert buyer.contact_id is not None
        found = await uow.orders.find_draft(buyer.customer_id, buyer.contact_id)
        assert found is not None
        assert len(found.lines) == 2


async def test_a_line_is_set_and_taken_out(uow: UnitOfWork) -> None:
    buyer, one, two = await a_buyer(uow), await a_product(uow), await a_product(uow)
    await a_basket(uow, buyer, {one: 5, two: 6})
    assert lines((await set_line(uow, buyer, one.id, 7, NOW)).draft) == [(one.id, 7, 0), (two.id, 6, 0)]
    assert lines((await set_line(uow, buyer, one.id, 0, NOW)).draft) == [(two.id, 6, 0)]
    assert lines((await set_line(uow, buyer, one.id, 0, NOW)).draft) == [(two.id, 6, 0)]
    assert lines((await set_line(uow, buyer, one.id, 3, NOW)).draft) == [(two.id, 6, 0), (one.id, 3, 0)]
    assert lines((await find_basket(uow, buyer)).draft) == [(two.id, 6, 0), (one.id, 3, 0)]


async def test_quantities_are_typed_in_units_or_cartons(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow, carton=24)
    added = await add_typed(uow, buyer, product.id, "۲ کارتن", NOW)
    assert (added.quantity, lines(added.basket.draft)) == (48, [(product.id, 48, 0)])
    assert lines((await set_typed(uow, buyer, product.id, "۱۲", NOW)).draft) == [(product.id, 12, 0)]
    with pytest.raises(NotAQuantity):
        await add_typed(uow, buyer, product.id, "سلام", NOW)


async def test_what_is_not_sold_like_that_is_refused(uow: UnitOfWork) -> None:
    buyer, dozen = await a_buyer(uow), await a_product(uow, minimum=12, multiple=6)
    for quantity in (0, 6, 13, 100_000):
        with pytest.raises(QuantityNotSold):
            await add_to_basket(uow, buyer, dozen.id, quantity, NOW)
    hidden = await a_product(uow, toman=None)
    with pytest.raises(NotSold):
        await add_to_basket(uow, buyer, hidden.id, 1, NOW)
    gone = await a_product(uow, is_active=False)
    for product_id in (gone.id, 10**9):
        with pytest.raises(NotFound):
            await add_to_basket(uow, buyer, product_id, 1, NOW)
    assert not (await find_basket(uow, buyer)).draft.lines


async def test_a_shortage_says_what_there_is_and_what_may_be_ordered_of_it(uow: UnitOfWork) -> None:
    buyer, mask = await a_buyer(uow), await a_product(uow, "ماسک", on_hand=15, minimum=6, multiple=6)
    with pytest.raises(Shortage) as refused:
        await add_to_basket(uow, buyer, mask.id, 24, NOW)
    short = refused.value
    assert (short.label, short.asked, short.available, short.offered) == ("ماسک", 24, 15, 12)
    basket = await set_line(uow, buyer, mask.id, 24, NOW, later=12)
    assert lines(basket.draft) == [(mask.id, 24, 12)]
    with pytest.raises(Shortage) as refused:
        await add_to_basket(uow, buyer, mask.id, 6, NOW)
    assert refused.value.asked == 18


async def test_adding_looks_at_the_whole_line(uow: UnitOfWork) -> None:
    buyer, mask = await a_buyer(uow), await a_product(uow, on_hand=10)
    await a_basket(uow, buyer, {mask: 6})
    with pytest.raises(Shortage) as refused:
        await add_to_basket(uow, buyer, mask.id, 6, NOW)
    assert refused.value.asked == 12


async def test_the_basket_is_shown_at_todays_prices_even_when_something_is_sold_no_more(
    uow: UnitOfWork,
) -> None:
    buyer, one, two = await a_buyer(uow), await a_product(uow), await a_product(uow)
    await a_basket(uow, buyer, {one: 1, two: 1})
    await a_price(uow, one.id, 99_000, since=NOW.date())
    await put_stock(uow, two.id, 0)
    shown = (await read_basket(uow, buyer, NOW)).draft
    assert [line.unit_price for line in shown.lines] == [of_toman(99_000), of_toman(148_000)]


async def test_emptying_asks_for_what_was_shown(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    shown = await a_basket(uow, buyer, {product: 1})
    await a_basket(uow, buyer, {product: 1})
    with pytest.raises(ChangedMeanwhile):
        await empty_basket(uow, buyer, shown.id, shown.version, NOW)
    now = (await find_basket(uow, buyer)).draft
    assert not (await empty_basket(uow, buyer, now.id, now.version, NOW)).draft.lines
    assert not (await find_basket(uow, buyer)).draft.lines


async def test_one_line_is_opened(uow: UnitOfWork) -> None:
    buyer, product, other = await a_buyer(uow), await a_product(uow), await a_product(uow)
    await a_basket(uow, buyer, {product: 3})
    opened = await open_line(uow, buyer, product.id, NOW)
    assert (opened.line.quantity, opened.product.id) == (3, product.id)
    with pytest.raises(NotFound):
        await open_line(uow, buyer, other.id, NOW)


async def test_the_days_are_those_of_the_outlets_route(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    with pytest.raises(EmptyOrder):
        await choose_day(uow, buyer, NOW)
    await a_basket(uow, buyer, {product: 1})
    choice = await choose_day(uow, buyer, NOW)
    assert isinstance(choice, DayChoice)
    assert (choice.days, choice.missed) == ((MONDAY, WEDNESDAY), MONDAY.replace(day=21))
    await uow.calendars.put_holidays({MONDAY: "تعطیل"})
    later = await choose_day(uow, buyer, NOW)
    assert isinstance(later, DayChoice)
    assert later.days[0] == WEDNESDAY


async def test_a_route_that_never_goes_has_no_day_to_offer(uow: UnitOfWork) -> None:
    never = replace(WEST, name="هرگز", weekdays=frozenset())
    buyer, product = await a_buyer(uow, route=never), await a_product(uow)
    await a_basket(uow, buyer, {product: 1})
    with pytest.raises(NoDeliveryDay):
        await choose_day(uow, buyer, NOW)


async def test_a_note_is_kept_in_one_line(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    await a_basket(uow, buyer, {product: 1})
    choice = await put_note(uow, buyer, " زنگ\n بزنید ", NOW)
    assert choice.basket.draft.note == "زنگ بزنید"
    for refused in ("", "  ", "x" * (MOST_NOTE + 1)):
        with pytest.raises(TextRefused):
            await put_note(uow, buyer, refused, NOW)


async def test_two_contacts_of_one_customer_have_a_basket_each(uow: UnitOfWork) -> None:
    one, product = await a_buyer(uow), await a_product(uow)
    two = await a_buyer(uow, colleague_of=one)
    mine = await a_basket(uow, one, {product: 1})
    theirs = await a_basket(uow, two, {product: 2})
    assert mine.id != theirs.id
    assert (await find_basket(uow, one)).draft.lines[0].quantity == 1
    with pytest.raises(NotFound):
        await uow.orders.get(mine.id, of=two)


async def test_only_who_may_order_has_a_basket(uow: UnitOfWork) -> None:
    looker = await a_buyer(uow, may_order=False)
    with pytest.raises(NotAllowed):
        await find_basket(uow, looker)


async def test_a_basket_holds_a_hundred_lines_and_more_but_not_any_number(uow: UnitOfWork) -> None:
    buyer = await a_buyer(uow)
    product = await a_product(uow)
    many = {product: 1} | {await a_product(uow, category_id=product.category_id): 1 for _n in range(109)}
    draft = await a_basket(uow, buyer, many)
    assert len((await find_basket(uow, buyer)).draft.lines) == 110
    line = draft.lines[0]
    too_many = tuple(replace(line, product_id=10_000 + n) for n in range(MOST_LINES + 1))
    with pytest.raises(TooManyLines):
        await save_draft(uow, replace(draft, lines=too_many), draft, NOW)


async def test_adding_a_line_takes_few_statements(uow: UnitOfWork, counting: list[str]) -> None:
    buyer, one, two = await a_buyer(uow), await a_product(uow), await a_product(uow)
    await a_basket(uow, buyer, {one: 1})
    counting.clear()
    await add_to_basket(uow, buyer, two.id, 1, NOW)
    # The offer, the draft, the two writes, and all promotions that hold for this customer.
    assert len(counting) <= 5, counting


async def test_one_press_that_is_sent_twice_adds_once(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    for _time in range(3):
        added = await add_to_basket(uow, buyer, product.id, 24, NOW, press="4711")
        assert (added.quantity, lines(added.basket.draft)) == (24, [(product.id, 24, 0)])
    added = await add_to_basket(uow, buyer, product.id, 24, NOW, press="4712")
    assert lines(added.basket.draft) == [(product.id, 48, 0)]


async def test_a_line_that_is_sold_no_more_is_named_so_that_it_can_be_taken_out(uow: UnitOfWork) -> None:
    buyer, product = await a_buyer(uow), await a_product(uow)
    await a_basket(uow, buyer, {product: 3})
    gone = update(products).where(products.c.id == product.id).values(is_active=False)
    await uow.connection.execute(gone)
    for wish in (open_line(uow, buyer, product.id, NOW), summarise(uow, buyer, NOW)):
        with pytest.raises(NotSold):
            await wish
    assert not (await set_line(uow, buyer, product.id, 0, NOW)).draft.lines
