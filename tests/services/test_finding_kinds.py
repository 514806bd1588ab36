"""What a thing is has to be in its own name: its category helps to find it, and decides nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import insert

from domain.catalogue import Unit
from services.finding import find
from services.written_orders import Question, Understood, understand
from storage.tables.search import brand_aliases
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_brand, a_category, a_product
from tests.conftest import NOW

COLOURS = (
    *(f"رنگ مو رویال‌کالر {shade}" for shade in ("۵/۰", "۶/۰", "۶/۱", "۷/۳")),
    "اکسیدان ۶٪ سالن‌پرو ۱ لیتر",
    "تونر مو سالن‌پرو عسلی",
    "پودر دکلره شبدیز ۵۰۰ گرم",
    "اکسیدان ۹٪ شبدیز ۱ لیتر",
    "شامپو رنگ رویال‌کالر قهوه‌ای",
)
OTHERS = {
    "مراقبت مو": ("ماسک موی آوین ۳۰۰ میل", "شامپو موهای رنگ‌شده دیبامو ۲۵۰ میل"),
    "ضدآفتاب": ("ژل بعد از آفتاب درمالان ۲۰۰ میل", "ضدآفتاب ضدلک درمالان SPF50"),
    "عطر و ادکلن": ("بادی‌اسپلش سروناز وانیل", "ادکلن زنانه سروناز ۵۰ میل"),
    "مکمل و ویتامین": ("ویتامین د ویتاسار ۶۰ عددی", "امگا ۳ ویتاسار ۶۰ عددی"),
    "دهان": ("خمیردندان سپیدتن ۱۰۰ میل", "خمیردندان حساس سپیدتن ۱۰۰ میل"),
    "آرایشی": ("رژ لب مایع هورسا ۰۴", "رژ لب مایع هورسا ۰۷"),
}


@pytest.fixture
async def uow(store: Store) -> AsyncIterator[UnitOfWork]:
    async with store.unit_of_work() as uow:
        for name, called in {"رنگ و دکلره": COLOURS, **OTHERS}.items():
            shelf = await a_category(uow, name)
            for each in called:
                await a_product(uow, each, category_id=shelf)
        yield uow


async def only(uow: UnitOfWork, text: str) -> Understood:
    (line,) = (await understand(uow, text, NOW)).lines
    return line


@pytest.mark.parametrize(
    "text",
    [
        "دکلره عسلی ۴ تا",
        "دکلره ۶ درصد ۴ تا",
        "رنگ سالن پرو ۶ ۴ تا",
        "رنگ قهوه‌ای رویال کالر ۶ تا",
        "رنگ دیبامو ۲۵۰ شش تا",
        "ضدآفتاب درمالان ۲۰۰ میل ۶ تا",
        "ادکلن سروناز وانیل ۴ تا",
        "ویتامین ۳ ویتاسار ۶۰ عددی ۴ تا",
    ],
)
async def test_what_only_its_category_is_called_is_asked(uow: UnitOfWork, text: str) -> None:
    line = await only(uow, text)
    assert line.product is None
    assert line.choices


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("دکلره شبدیز ۴ تا", "پودر دکلره شبدیز ۵۰۰ گرم"),
        ("ماسک مو آوین ۴ تا", "ماسک موی آوین ۳۰۰ میل"),
        ("شامپو رنگ قهوه‌ای رویال کالر ۴ تا", "شامپو رنگ رویال‌کالر قهوه‌ای"),
        ("عطر زنانه سروناز ۵۰ میل ۴ تا", "ادکلن زنانه سروناز ۵۰ میل"),
        ("رنگ شماره ۶ چهار تا", "رنگ مو رویال‌کالر ۶/۰"),
        ("رنگ ۶-۱ چهار تا", "رنگ مو رویال‌کالر ۶/۱"),
        ("رژ لب مایع شماره ۷ هورسا ۴ تا", "رژ لب مایع هورسا ۰۷"),
        ("rang 6/1 4 ta", "رنگ مو رویال‌کالر ۶/۱"),
        ("oxidan 6 darsad 4 ta", "اکسیدان ۶٪ سالن‌پرو ۱ لیتر"),
        ("ویتامین د۳ ویتاسار ۴ تا", "ویتامین د ویتاسار ۶۰ عددی"),
        ("ویتامین D3 ویتاسار ۴ تا", "ویتامین د ویتاسار ۶۰ عددی"),
        ("خمیر دندان سپیدتن ۱۰۰ میل ۴ تا", "خمیردندان سپیدتن ۱۰۰ میل"),
        ("۷/۳ چهار تا", "رنگ مو رویال‌کالر ۷/۳"),
    ],
)
async def test_what_its_own_name_says_is_taken(uow: UnitOfWork, text: str, name: str) -> None:
    line = await only(uow, text)
    assert line.product is not None
    assert (line.product.name, line.pieces) == (name, 4)


async def test_one_word_that_only_sounds_alike_is_asked(uow: UnitOfWork) -> None:
    shelf = await a_category(uow, "طب سنتی")
    await a_product(uow, "روغن گل محمدی", category_id=shelf)
    assert (await only(uow, "احمدی ۵ تا")).product is None
    assert (await only(uow, "محمدی ۵ تا")).product is not None


async def test_a_shade_that_a_comma_cut_apart_is_asked(uow: UnitOfWork) -> None:
    await a_product(uow, "رنگ مو رویال‌کالر ۱/۰")
    lines = (await understand(uow, "رنگ ۷،۱ چهار تا", NOW)).lines
    assert all(line.pieces is None for line in lines)
    assert (await only(uow, "رنگ ۱ چهار تا")).pieces == 4


async def test_a_category_still_finds_what_is_in_it(uow: UnitOfWork) -> None:
    assert len(await find(uow, "رنگ و دکلره")) == len(COLOURS)
    assert len(await find(uow, "آرایشی")) == len(OTHERS["آرایشی"])


async def test_an_alias_is_a_name_of_its_own(uow: UnitOfWork) -> None:
    brand_id = await a_brand(uow, "کالر")
    shelf = await a_category(uow, "رنگ ابرو")
    product = await a_product(uow, "پماد تیره", category_id=shelf, brand_id=brand_id)
    await uow.connection.execute(insert(brand_aliases).values(brand_id=brand_id, alias="نیلوفر"))
    await uow.index.refresh([product.id])
    assert (await only(uow, "پماد نیلوفر ۴ تا")).product == product
    assert (await only(uow, "پماد ابرو ۴ تا")).product is None


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("ماسک ژینامد ۵۰ عدد", None),
        ("ماسک ژینامد ۱۰۰ تا", None),
        ("ماسک ژینامد ۵۰ عددی ۵۰ تا", 50),
        ("ماسک ژینامد ۶۰ تا", 60),
        ("ماسک ژینامد ۵۰ بسته", 50),
    ],
)
async def test_as_many_as_are_in_a_pack_may_be_one_pack(
    uow: UnitOfWork, text: str, pieces: int | None
) -> None:
    await a_product(uow, "ماسک ژینامد ۵۰ عددی", unit=Unit.PACK, carton=40)
    line = await only(uow, text)
    assert line.pieces == pieces
    assert line.question is (Question.UNIT if pieces is None else None)
