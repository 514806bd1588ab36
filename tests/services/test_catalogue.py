from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert

from domain.actors import Actor, Identity, Rights, Stranger
from domain.catalogue import Shelf, StockState
from domain.customers import Contact, Customer, CustomerKind
from domain.errors import NotFound, TooFewLetters
from domain.money import of_toman
from domain.staff import Role, Staff
from services import catalogue
from storage.tables.orders import order_lines, orders
from storage.tables.people import contact_roles, contacts, customer_groups, customers, outlets
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_brand, a_category, a_price, a_product, put_stock
from tests.conftest import NOW

WHO = Identity(id=1, platform="telegram", user_id=1, chat_id=1, name="رضایی")
STRANGER = Actor(identity=WHO, person=Stranger())
STAFF = Actor(identity=WHO, person=Staff(id=1, name="محمدی", role=Role.VISITOR))
GROUP = 5


def buyer(customer_id: int = 1, group_id: int | None = GROUP) -> Actor:
    return Actor(
        identity=WHO,
        person=Contact(id=customer_id, name="رضایی", mobile=None),
        customer=Customer(
            id=customer_id, external_ref=None, name="داروخانه", kind=CustomerKind.PHARMACY, group_id=group_id
        ),
        rights=Rights(may_order=True),
    )


BUYER = buyer()


@pytest.fixture
async def uow(store: Store) -> AsyncIterator[UnitOfWork]:
    async with store.unit_of_work() as uow:
        await uow.connection.execute(insert(customer_groups).values(id=GROUP, name="طلایی"))
        for n in (1, 2):
            await uow.connection.execute(
                insert(customers).values(
                    id=n, name=f"مشتری {n}", name_key=f"مشتری {n}", kind="pharmacy", created_at=NOW
                )
            )
            await uow.connection.execute(insert(contacts).values(id=n, name=f"کسی {n}"))
            await uow.connection.execute(insert(contact_roles).values(contact_id=n, customer_id=n))
            await uow.connection.execute(
                insert(outlets).values(
                    id=n, customer_id=n, name="-", city="تهران", address="-", short_address="-"
                )
            )
        yield uow


async def an_order(
    uow: UnitOfWork, number: int, lines: dict[int, int], placed_at: datetime = NOW, **columns: Any
) -> None:
    row = {"customer_id": 1, "outlet_id": 1, "status": "delivered", "channel": "bot_browse", **columns}
    made = await uow.connection.execute(
        insert(orders)
        .values(number=number, placed_at=placed_at, created_at=placed_at, **row)
        .returning(orders.c.id)
    )
    order_id = made.scalar_one()
    for place, (product_id, quantity) in enumerate(lines.items()):
        line = {"order_id": order_id, "position": place, "product_id": product_id, "quantity": quantity}
        await uow.connection.execute(
            insert(order_lines).values(**line, unit_price_rials=1, vat_basis_points=0)
        )


def names(shelf: Shelf) -> list[str]:
    return [offer.product.name for offer in shelf.offers]


async def test_a_category_is_read_page_by_page_as_it_lies_on_the_shelf(uow: UnitOfWork) -> None:
    hair = await a_category(uow, "مراقبت مو")
    for n in range(9):
        await a_product(uow, f"شامپو {n}", category_id=hair, position=9 - n)
    await a_product(uow, "پنهان", category_id=hair, is_active=False)
    await a_product(uow, "جای دیگر")
    first = await catalogue.open_category(uow, hair, BUYER, NOW)
    assert (first.total, first.pages, first.page, first.category) == (9, 3, 1, "مراقبت مو")
    assert names(first) == ["شامپو 8", "شامپو 7", "شامپو 6", "شامپو 5"]
    assert names(await catalogue.open_category(uow, hair, BUYER, NOW, 3)) == ["شامپو 0"]


async def test_a_page_that_is_gone_shows_the_last_one_and_page_zero_the_first(uow: UnitOfWork) -> None:
    hair = await a_category(uow)
    for n in range(5):
        await a_product(uow, f"شامپو {n}", category_id=hair, position=n)
    last = await catalogue.open_category(uow, hair, BUYER, NOW, 99_999)
    assert (last.page, names(last)) == (2, ["شامپو 4"])
    assert (await catalogue.open_category(uow, hair, BUYER, NOW, 0)).page == 1


async def test_an_empty_or_unknown_category_is_not_there(uow: UnitOfWork) -> None:
    empty = await a_category(uow)
    for category_id in (empty, empty + 1, 2**63 - 1):
        with pytest.raises(NotFound):
            await catalogue.open_category(uow, category_id, BUYER, NOW)
        with pytest.raises(NotFound):
            await catalogue.brands_of(uow, category_id)


async def test_one_brand_of_a_category(uow: UnitOfWork) -> None:
    hair, avin, other = await a_category(uow, "مو"), await a_brand(uow, "آوین"), await a_brand(uow, "سپیدار")
    await a_product(uow, "یک", category_id=hair, brand_id=avin)
    await a_product(uow, "دو", category_id=hair, brand_id=other)
    await a_product(uow, "سه", brand_id=avin)
    await a_product(uow, "بی‌نام", category_id=hair)
    shelf = await catalogue.open_brand(uow, hair, avin, BUYER, NOW)
    assert (names(shelf), shelf.total, shelf.category, shelf.brand) == (["یک"], 1, "مو", "آوین")
    name, brands = await catalogue.brands_of(uow, hair)
    assert (name, [(brand.name, brand.product_count) for brand in brands]) == (
        "مو",
        [("آوین", 1), ("سپیدار", 1)],
    )


async def test_categories_come_in_their_order_with_what_is_sold_in_them(uow: UnitOfWork) -> None:
    second, first = await a_category(uow, "دوم", position=2), await a_category(uow, "اول", position=1)
    await a_category(uow, "خالی", position=0)
    for category_id in (second, first, second):
        await a_product(uow, category_id=category_id)
    await a_product(uow, category_id=first, is_active=False)
    shelves = await catalogue.shelves(uow)
    assert [(each.name, each.product_count) for each in shelves] == [("اول", 1), ("دوم", 2)]


async def test_the_narrowest_price_of_the_day_holds(uow: UnitOfWork) -> None:
    product = await a_product(uow, toman=100)
    await a_price(uow, product.id, 95, since=date(2026, 11, 1), until=date(2026, 11, 21))
    await a_price(uow, product.id, 90, group_id=GROUP)
    await a_price(uow, product.id, 80, customer_id=1, until=date(2026, 11, 21))
    await a_price(uow, product.id, 1, customer_id=2)

    async def price(actor: Actor, now: datetime = NOW) -> int | None:
        offer = (await catalogue.open_product(uow, product.id, actor, now)).offers[0]
        return offer.price.toman if offer.price else None

    assert await price(BUYER) == 80
    assert await price(buyer(2, None)) == 1
    assert await price(STAFF) == 95
    assert await price(STRANGER) is None
    tomorrow = NOW + timedelta(days=1)
    assert [await price(who, tomorrow) for who in (BUYER, STAFF)] == [90, 100]


async def test_staff_learn_which_price_list_applied(uow: UnitOfWork) -> None:
    product = await a_product(uow, toman=100)
    offer = (await catalogue.open_product(uow, product.id, STAFF, NOW)).offers[0]
    assert (offer.price, offer.price_list) == (of_toman(100), "پایه")
    hidden = (await catalogue.open_product(uow, product.id, STRANGER, NOW)).offers[0]
    assert (hidden.price, hidden.price_list) == (None, None)


async def test_a_product_knows_its_page_its_stock_and_all_its_columns(uow: UnitOfWork) -> None:
    hair = await a_category(uow)
    for n in range(5):
        await a_product(uow, category_id=hair, position=n)
    product = await a_product(
        uow, "رنگ مو ۷/۳", category_id=hair, position=9, on_hand=30, carton=24, minimum=6, multiple=6,
        family="رنگ مو", variant="۷/۳", short_name="رنگ ۷/۳", label="رنگ", barcode="6260000000017", vat=0,
    )  # fmt: skip
    await put_stock(uow, product.id, 30, reserved=5, safety=10, low_at=20)
    shelf = await catalogue.open_product(uow, product.id, BUYER, NOW)
    offer = shelf.offers[0]
    assert (offer.product, shelf.page) == (product, 2)
    assert (offer.stock.available, offer.stock.state) == (15, StockState.LOW)


async def test_without_a_row_of_stock_or_a_price_there_is_none(uow: UnitOfWork) -> None:
    product = await a_product(uow, toman=None, on_hand=None)
    offer = (await catalogue.open_product(uow, product.id, BUYER, NOW)).offers[0]
    assert (offer.price, offer.stock.state) == (None, StockState.OUT)


async def test_what_is_not_sold_any_more_is_not_there(uow: UnitOfWork) -> None:
    gone = await a_product(uow, is_active=False)
    for product_id in (gone.id, gone.id + 1, 2**63 - 1):
        with pytest.raises(NotFound):
            await catalogue.open_product(uow, product_id, BUYER, NOW)
        with pytest.raises(NotFound):
            await uow.catalogue.offer(product_id, customer_id=1, group_id=None, on=NOW.date())


async def test_many_offers_come_by_id_without_those_that_are_gone(uow: UnitOfWork) -> None:
    one, two = await a_product(uow, toman=10), await a_product(uow, toman=20)
    gone = await a_product(uow, is_active=False)
    found = await catalogue.offers_for(uow, BUYER, [two.id, one.id, gone.id, one.id], NOW)
    assert {key: offer.price for key, offer in found.items()} == {one.id: of_toman(10), two.id: of_toman(20)}
    assert await catalogue.offers_for(uow, BUYER, [], NOW) == {}
    hidden = await catalogue.offers_for(uow, STRANGER, [one.id], NOW)
    assert hidden[one.id].price is None


async def test_similar_is_the_family_first_then_the_same_words_and_only_what_is_there(
    uow: UnitOfWork,
) -> None:
    hair = await a_category(uow)
    wanted = await a_product(uow, "سرم مو نگاره ۱۰۰ میل", category_id=hair, family="سرم", on_hand=0)
    await a_product(uow, "روغن دیگر", category_id=hair, family="سرم")
    await a_product(uow, "سرم مو سپیدار", category_id=hair)
    await a_product(uow, "سرم صورت", category_id=hair)
    await a_product(uow, "سرم مو خالی", category_id=hair, on_hand=0)
    await a_product(uow, "ماسک ۱۰۰", category_id=hair)
    await a_product(uow, "سرم مو نگاره جای دیگر")
    offer, shelf = await catalogue.similar(uow, wanted.id, BUYER, NOW)
    assert offer.product == wanted
    assert names(shelf) == ["روغن دیگر", "سرم مو سپیدار", "سرم صورت"]


async def test_search_needs_all_words_in_any_spelling(uow: UnitOfWork) -> None:
    await a_product(uow, "شامپو ضدشوره آوین ۲۵۰ میل", position=2)
    await a_product(uow, "شامپو ضدریزش آوین ۲۵۰ میل", position=1)
    await a_product(uow, "نرم‌کننده مو", position=3)
    for text in ("شامپو آوين ٢٥٠", "۲۵۰ اوین شامپو", "شامپو_250", "  شامپو  "):
        found = await catalogue.search(uow, text, BUYER, NOW)
        assert names(found) == ["شامپو ضدریزش آوین ۲۵۰ میل", "شامپو ضدشوره آوین ۲۵۰ میل"], text
    assert names(await catalogue.search(uow, "نرم کننده و مو", BUYER, NOW)) == ["نرم‌کننده مو"]
    assert (await catalogue.search(uow, "شامپو 25", BUYER, NOW)).total == 0
    assert (await catalogue.search(uow, "شامپو نگاره", BUYER, NOW)).total == 0


async def test_names_that_begin_so_come_first_and_what_is_out_comes_last(uow: UnitOfWork) -> None:
    await a_product(uow, "کیف کرم", position=0)
    await a_product(uow, "کرم تمام", position=1, on_hand=0)
    await a_product(uow, "کرم دست", position=2)
    assert names(await catalogue.search(uow, "کرم", BUYER, NOW)) == ["کرم دست", "کرم تمام", "کیف کرم"]


async def test_search_finds_by_the_words_of_brand_and_category(uow: UnitOfWork) -> None:
    gloves = await a_category(uow, "مصرفی پزشکی")
    brand = await a_brand(uow, "مدی‌گارد")
    await a_product(uow, "دستکش لاتکس M", category_id=gloves, brand_id=brand)
    await a_product(uow, "دستکش خانگی")
    for text in ("دستکش مدی گارد", "دستکش پزشکی", "گارد لاتکس", "دستکش M"):
        assert names(await catalogue.search(uow, text, BUYER, NOW)) == ["دستکش لاتکس M"], text


async def test_a_code_or_barcode_is_found_before_any_words(uow: UnitOfWork) -> None:
    wanted = await a_product(uow, "شامپو", code="1024", barcode="6260000000017")
    await a_product(uow, "کرم 1024")
    await a_product(uow, "مداد", code="AB-7")
    for text in ("۱۰۲۴", "کد ۱۰۲۴", "6260000000017", "۶۲۶۰۰۰۰۰۰۰۰۱۷", "06260000000017"):
        assert names(await catalogue.search(uow, text, BUYER, NOW)) == [wanted.name], text
    assert names(await catalogue.search(uow, "ab-7", BUYER, NOW)) == ["مداد"]


@pytest.mark.parametrize("text", ["", " ", "ش", "٪", "%%%", "__", "\u200c", "🙂🙂", "!"])
async def test_a_search_needs_two_letters(uow: UnitOfWork, text: str) -> None:
    with pytest.raises(TooFewLetters):
        await catalogue.search(uow, text, BUYER, NOW)


@pytest.mark.parametrize(
    "text", ["a\x00b", "\ud800\ud800ab", "x' OR 1=1 --", "%ab%", "\\ab\\", "آ" * 5000, "دو " * 3000]
)
async def test_no_text_breaks_the_search(uow: UnitOfWork, text: str) -> None:
    await a_product(uow, "شامپو")
    assert (await catalogue.search(uow, text, BUYER, NOW)).total == 0
    assert isinstance(await catalogue.nearest(uow, text, BUYER, NOW), tuple)


async def test_when_nothing_holds_all_words_the_nearest_are_offered(uow: UnitOfWork) -> None:
    skin = await a_category(uow, "پوست")
    for name in ("کرم آبرسان ۵۰", "کرم دست درمالان ۵۰", "ضدآفتاب ۵۰"):
        await a_product(uow, name, category_id=skin)
    near = await catalogue.nearest(uow, "کرم دست فلان ۵۰", BUYER, NOW)
    assert [offer.product.name for offer in near] == ["کرم دست درمالان ۵۰", "کرم آبرسان ۵۰"]
    assert await catalogue.nearest(uow, "هیچ ۵۰", BUYER, NOW) == ()
    assert await catalogue.nearest(uow, "۵۰", BUYER, NOW) == ()


async def test_search_results_turn_pages_and_hide_prices_from_strangers(uow: UnitOfWork) -> None:
    for n in range(6):
        await a_product(uow, f"شامپو {n}", position=n)
    second = await catalogue.search(uow, "شامپو", STRANGER, NOW, 2)
    assert (names(second), second.total, second.pages) == (["شامپو 4", "شامپو 5"], 6, 2)
    assert {offer.price for offer in second.offers} == {None}


async def test_only_buyers_have_a_basket(uow: UnitOfWork) -> None:
    assert catalogue.basket_count(BUYER) == 0
    assert catalogue.basket_count(STRANGER) is None
    assert catalogue.basket_count(STAFF) is None


async def test_a_tap_reads_everything_in_one_statement(uow: UnitOfWork) -> None:
    hair, brand = await a_category(uow), await a_brand(uow)
    product = await a_product(uow, category_id=hair, brand_id=brand)
    said: list[str] = []

    def note(*call: Any) -> None:
        said.append(call[2])

    event.listen(uow.connection.sync_connection, "before_cursor_execute", note)
    for reading in (
        catalogue.shelves(uow),
        catalogue.brands_of(uow, hair),
        catalogue.open_category(uow, hair, BUYER, NOW),
        catalogue.open_brand(uow, hair, brand, BUYER, NOW),
        catalogue.open_product(uow, product.id, BUYER, NOW),
        catalogue.offers_for(uow, BUYER, [product.id], NOW),
    ):
        said.clear()
        await reading
        assert len(said) == 1
