"""What is searched in: the real names of the data folder, and 200,000 products that were made up."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from random import Random
from typing import NamedTuple

from benchmarks.quality.misspelling import latin

REAL = Path(__file__).parents[3] / "shared" / "data" / "products_fa_17k.csv"
MADE = 200_000
_SYLLABLES = (
    "آ", "با", "پا", "تا", "را", "سا", "شا", "کا", "لا", "ما", "نا", "دو", "رو", "سو", "نی", "می",
    "لی", "بی",
)  # fmt: skip
_ENDS = ("ن", "ر", "م", "س", "ل", "د", "ک", "نو", "را", "ین", "تن", "دا", "وین", "مان")
_THINGS = (
    "شامپو", "نرم‌کننده", "کرم دست", "کرم صورت", "ضدآفتاب", "خمیردندان", "مسواک", "دستکش لاتکس",
    "ماسک مو", "سرم مو", "رنگ مو", "اکسیدان", "صابون", "مایع دستشویی", "ژل شستشو", "تونر", "پنکیک",
    "رژ لب", "ریمل", "عطر", "ادکلن", "دئودورانت", "اسپری بدن", "پوشک", "دستمال مرطوب", "پد بهداشتی",
    "نخ دندان", "دهان‌شویه", "ژل مو", "واکس مو",
)  # fmt: skip
_KINDS = (
    "ضدریزش", "ضدشوره", "آبرسان", "تقویت‌کننده", "روشن‌کننده", "ملایم", "کودک", "مردانه", "گیاهی",
    "حساس",
)  # fmt: skip
_SIZES = (50, 75, 100, 150, 200, 250, 400, 500, 750)


class Item(NamedTuple):
    code: str
    name: str
    brand: str | None = None
    brand_in_latin: str | None = None


def real() -> Iterator[Item]:
    """The 17,781 names of the data folder; nothing where the folder is not there."""
    if not REAL.exists():
        return
    with REAL.open(encoding="utf-8") as file:
        for n, row in enumerate(csv.DictReader(file)):
            yield Item(f"R{n}", " ".join(row["product_name"].split())[:290])


def made(count: int = MADE, seed: int = 1) -> Iterator[Item]:
    """Things of invented brands in kinds and sizes, each name once."""
    chance = Random(seed)
    names = ["".join(parts) for parts in product(_SYLLABLES, _SYLLABLES, _ENDS)]
    chance.shuffle(names)
    brands = names[:900]
    every = list(product(range(len(brands)), _THINGS, _KINDS))
    chance.shuffle(every)
    for n, (brand, thing, kind) in enumerate(every[:count]):
        size = chance.choice(_SIZES)
        name = f"{thing} {kind} {brands[brand]} {size} میل"
        yield Item(f"M{n}", name, brands[brand], latin(brands[brand]))
