"""What a written order asks for, on both databases: products, pieces, and the questions that are left."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.catalogue import Unit
from services.finding import find
from services.written_orders import understand
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_product
from tests.builders.people import a_centre

NOW = datetime(2026, 11, 20, 21, tzinfo=UTC)


async def shelves(uow: UnitOfWork) -> None:
    await a_product(uow, "شامپو ضدشوره آوین ۲۵۰ میل", code="S250", carton=24)
    await a_product(uow, "شامپو ضدریزش آوین ۲۵۰ میل", code="R250", carton=24)
    await a_product(uow, "شامپو ضدشوره آوین ۴۰۰ میل", code="S400", carton=24)
    await a_product(uow, "دستکش لاتکس مدی‌گارد M", code="GM", carton=10, unit=Unit.PACK)
    await a_product(uow, "دستکش لاتکس مدی‌گارد L", code="GL", carton=10, unit=Unit.PACK)
    await a_product(uow, "ضدآفتاب رنگی درمالان روشن", code="SUN", carton=24)
    await a_product(uow, "ضدآفتاب رنگی درمالان تیره", code="DARK", carton=24)


Read = tuple[str | None, int | None, str | None]


async def read(store: Store, text: str) -> list[Read]:
    async with store.unit_of_work() as uow:
        await shelves(uow)
    async with store.reading() as uow:
        reading = await understand(uow, text, NOW)
    return [
        (each.product.code if each.product else None, each.pieces, each.question and each.question.value)
        for each in reading.lines
    ]


async def test_cartons_are_counted_in_pieces(store: Store) -> None:
    assert await read(store, "۲ کارتن شامپو ضدشوره آوین ۲۵۰، یه کارتن دستکش مدی گارد مدیوم") == [
        ("S250", 48, None),
        ("GM", 10, None),
    ]


async def test_what_may_be_two_things_is_asked_and_never_guessed(store: Store) -> None:
    assert await read(store, "ضدافتاب رنگی ۶ تا، شامپو آوین ۲۵۰ ۱۲ عدد") == [
        (None, None, "which"),
        (None, None, "which"),
    ]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("شامپو ضدشوره آوین ۷۵۰ ۶ تا", "which"),
        ("شامپو ضدشوره خوشبوی آوین ۲۵۰ ۶ تا", "which"),
        ("۵ بسته شامپو ضدشوره آوین ۲۵۰", "unit"),
        ("۲ شل شامپو ضدشوره آوین ۲۵۰", "unit"),
        ("یه کارتن و ۶ تا شامپو ضدشوره آوین ۲۵۰", "vague"),
        ("حدود ۳۰ تا شامپو ضدشوره آوین ۲۵۰", "vague"),
    ],
)
async def test_whatever_is_not_just_so_is_asked(sqlite_store: Store, text: str, question: str) -> None:
    assert [each[2] for each in await read(sqlite_store, text)] == [question]


async def test_the_same_said_twice_is_no_question(sqlite_store: Store) -> None:
    assert await read(sqlite_store, "۲ کارتن شامپو ضدشوره آوین ۲۵۰ (۴۸ عدد)") == [("S250", 48, None)]


async def test_a_product_is_named_by_its_code(sqlite_store: Store) -> None:
    async with sqlite_store.unit_of_work() as uow:
        await a_product(uow, "کرم دست", code="4711", carton=12)
    async with sqlite_store.reading() as uow:
        (line,) = (await understand(uow, "کد ۴۷۱۱ دو کارتن", NOW)).lines
    assert (line.product and line.product.code, line.pieces) == ("4711", 24)


async def test_what_is_not_sold_is_asked_about(store: Store) -> None:
    assert await read(store, "یخچال ساید ۲ تا") == [(None, None, "unknown")]


async def test_few_of_what_comes_in_cartons_and_no_unit_is_asked_about(store: Store) -> None:
    assert await read(store, "۲ شامپو ضدریزش آوین ۲۵۰") == [("R250", None, "unit")]


async def test_a_number_that_a_product_is_called_by_is_no_quantity(store: Store) -> None:
    assert await read(store, "شامپو ضدشوره آوین ۴۰۰") == [("S400", None, "quantity")]


async def test_a_name_without_a_quantity_that_we_do_not_sell_is_a_note(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await shelves(uow)
    async with store.reading() as uow:
        reading = await understand(uow, "آرایشگاه نگین هستم. ۵ بسته دستکش مدی‌گارد L", NOW)
    assert [each.product.code for each in reading.lines if each.product] == ["GL"]
    assert len(reading.lines) == len(reading.order.notes) == 1


@pytest.mark.parametrize(
    "text",
    [
        "شامپو ضدشوره اوين ٤٠٠",
        "شمپو ضد شوره آوین ۴۰۰",
        "shampo zedshore avin 400",
        "شامپوضدشوره آوین۴۰۰",
        "شامپ ضدشو 400",
    ],
)
async def test_a_product_is_found_however_it_is_spelled(store: Store, text: str) -> None:
    async with store.unit_of_work() as uow:
        await shelves(uow)
    async with store.reading() as uow:
        hits = await find(uow, text)
        found = await uow.catalogue.offers(
            [hits[0].product_id], customer_id=None, group_id=None, on=NOW.date()
        )
    assert [offer.product.code for offer in found.values()] == ["S400"]


async def test_a_new_product_is_found_by_a_process_that_has_looked_before(store: Store) -> None:
    async with store.reading() as uow:
        assert await find(uow, "نوبرانه") == ()
    async with store.unit_of_work() as uow:
        made = await a_product(uow, "کرم نوبرانه")
    async with store.reading() as uow:
        assert [hit.product_id for hit in await find(uow, "نوبرنه")] == [made.id]


async def _give_up_a_new_product(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await a_product(uow, "کرم نوبرانه")
        assert await find(uow, "نوبرانه")
        raise RuntimeError


async def test_words_that_were_rolled_back_are_not_known(store: Store) -> None:
    with pytest.raises(RuntimeError):
        await _give_up_a_new_product(store)
    async with store.unit_of_work() as uow:
        await a_product(uow, "کرم دیگرانه")
    async with store.reading() as uow:
        assert await find(uow, "نوبرانه") == ()
        assert await find(uow, "دیگرانه")


async def test_what_a_shop_has_chosen_is_what_it_means(store: Store) -> None:
    async with store.unit_of_work() as uow:
        await shelves(uow)
        customer_id = await a_centre(uow)
        sun = (await find(uow, "ضدآفتاب رنگی درمالان تیره"))[0].product_id
        await uow.habits.learn(customer_id, "ضدافتاب رنگی", sun, NOW)
    async with store.reading() as uow:
        (line,) = (await understand(uow, "ضدآفتاب رنگی ۶ تا", NOW, customer_id)).lines
    assert (line.product and line.product.code, line.pieces, line.question) == ("DARK", 6, None)
