"""What a line leaves unsaid is taken from the heading above it or the line before, where one thing fits."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from services.written_orders import understand
from storage.unit_of_work import Store, UnitOfWork
from tests.builders.catalogue import a_category, a_product
from tests.conftest import NOW

NAMES = (
    "صابون پادینا",
    "صابون برناتن",
    "دستمال مرطوب پادینا ۷۰ عددی",
    "دستمال مرطوب برناتن ۷۰ عددی",
    "پودر دکلره شبدیز ۵۰۰ گرم",
    "پودر دکلره مینوسا ۵۰۰ گرم",
    "دستکش لاتکس مدی‌گارد M",
    "دستکش نیتریل مدی‌گارد M",
    "دستکش نیتریل مدی‌گارد L",
    "تونر مینوسا",
    "مسواک نرم لاوین",
    "خمیردندان لاوین",
)


@pytest.fixture
async def uow(store: Store) -> AsyncIterator[UnitOfWork]:
    async with store.unit_of_work() as uow:
        shelf = await a_category(uow, "همه")
        for name in NAMES:
            await a_product(uow, name, category_id=shelf, carton=12)
        yield uow


async def read(uow: UnitOfWork, text: str) -> list[str]:
    lines = (await understand(uow, text, NOW)).lines
    return [f"{each.product.name} {each.pieces}" if each.product else "?" for each in lines]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("پادینا:\nصابون ۶ تا\nدستمال مرطوب ۴ تا", ["صابون پادینا 6", "دستمال مرطوب پادینا ۷۰ عددی 4"]),
        ("پادینا\nصابون ۶ تا\nمسواک نرم ۴ تا", ["صابون پادینا 6", "?"]),
        ("برناتن: صابون ۶ تا\nدستمال مرطوب ۴ تا", ["صابون برناتن 6", "?"]),
        ("مینوسا\nدکلره ۶ تا\nتونر ۴ تا", ["پودر دکلره مینوسا ۵۰۰ گرم 6", "تونر مینوسا 4"]),
        ("صابون پادینا ۲ کارتن و برناتن ۱ کارتن", ["صابون پادینا 24", "صابون برناتن 12"]),
        ("پودر دکلره شبدیز ۴ تا، مینوسا ۵ تا", ["پودر دکلره شبدیز ۵۰۰ گرم 4", "پودر دکلره مینوسا ۵۰۰ گرم 5"]),
        ("صابون پادینا ۲ کارتن، یکی هم برناتن", ["صابون پادینا 24", "صابون برناتن None"]),
        ("صابون پادینا ۲ کارتن، لاوین ۳ کارتن", ["صابون پادینا 24", "?"]),
        ("دستکش لاتکس مدی‌گارد M ۶ تا، نیتریل ۵ تا", ["دستکش لاتکس مدی‌گارد M 6", "?"]),
    ],
)
async def test_what_was_said_before_is_carried(uow: UnitOfWork, text: str, lines: list[str]) -> None:
    assert await read(uow, text) == lines
