"""The products by name that the conversation scripts order, each exactly as they read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from domain.catalogue import Unit
from sandbox.town_shelves import SHADES

PLENTY = 1440
OXIDANT = "1451"
OXIDANT_BEFORE = 185_000
"""Its price until five days ago; a year of others before that is made like everybody's."""
OXIDANT_CHANGED = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Model:
    """A product before it has ids: what it is called, how it is sold, and how many can be promised."""

    code: str
    name: str
    short: str
    label: str
    shelf: str
    brand: str
    shape: str
    toman: int
    carton: int
    available: int = PLENTY
    family: str | None = None
    variant: str | None = None
    unit: Unit = Unit.PIECE
    vat: int = 1000
    minimum: int = 1
    multiple: int = 1
    is_demo: bool = field(default=True)


def thousands(toman: float) -> int:
    """Prices are whole thousands of toman."""
    return round(toman / 1_000) * 1_000


_HAIR = "مراقبت مو"
_DYES = "رنگ و دکلره"
_ROYAL = "رویال‌کالر"

DEMO = (
    Model(
        "1024",
        "شامپو ضدشوره آوین ۲۵۰ میل",
        "شامپو ضدشوره آوین ۲۵۰",
        "شامپو آوین ۲۵۰",
        _HAIR,
        "آوین",
        "bottle",
        148_000,
        24,
    ),
    Model(
        "1025",
        "شامپو ضدریزش آوین ۲۵۰ میل",
        "شامپو ضدریزش آوین ۲۵۰",
        "شامپو ضدریزش آوین",
        _HAIR,
        "آوین",
        "bottle",
        156_000,
        24,
        960,
    ),
    Model(
        "1031",
        "ماسک موی سپیدار ۳۰۰ میل",
        "ماسک موی سپیدار ۳۰۰",
        "ماسک موی سپیدار",
        _HAIR,
        "سپیدار",
        "jar",
        210_000,
        12,
        6,
    ),
    Model(
        "1042",
        "سرم مو نگاره ۱۰۰ میل",
        "سرم مو نگاره ۱۰۰",
        "سرم مو نگاره",
        _HAIR,
        "نگاره",
        "dropper",
        235_000,
        12,
        0,
    ),
    Model(
        "1043",
        "سرم مو سپیدار ۱۰۰ میل",
        "سرم مو سپیدار ۱۰۰",
        "سرم سپیدار",
        _HAIR,
        "سپیدار",
        "dropper",
        228_000,
        12,
    ),
    Model(
        "1103",
        "خمیردندان سپیدتن ۱۰۰ میل",
        "خمیردندان سپیدتن ۱۰۰",
        "خمیردندان سپیدتن",
        "دهان و دندان",
        "سپیدتن",
        "tube",
        96_000,
        48,
    ),
    Model(
        "1201",
        "دستکش لاتکس مدی‌گارد M (بسته ۱۰۰ عددی)",
        "دستکش لاتکس M",
        "دستکش M",
        "مصرفی پزشکی",
        "مدی‌گارد",
        "gloves",
        265_000,
        10,
        unit=Unit.PACK,
        vat=0,
    ),
    *(
        Model(
            f"13{number:02}",
            f"ضدآفتاب رنگی درمالان SPF50 {shade}",
            f"ضدآفتاب رنگی {shade}",
            f"ضدآفتاب {shade}",
            "ضدآفتاب",
            "درمالان",
            "sun",
            312_000,
            24,
            PLENTY if shade == "روشن" else 600,
            "ضدآفتاب رنگی",
            shade,
        )
        for number, shade in enumerate(("روشن", "تیره"), start=1)
    ),
    *(
        Model(
            f"14{number:02}",
            f"رنگ مو رویال‌کالر {shade}",
            f"رنگ مو رویال‌کالر {shade}",
            f"رنگ {shade}",
            _DYES,
            _ROYAL,
            "dye",
            128_000,
            24,
            8 if shade == "۷/۳" else 240,
            "رنگ مو",
            shade,
        )
        for number, shade in enumerate(SHADES, start=1)
    ),
    *(
        Model(
            code,
            f"اکسیدان {strength} سالن‌پرو ۱ لیتر",
            f"اکسیدان {strength} سالن‌پرو",
            f"اکسیدان {strength}",
            _DYES,
            "سالن‌پرو",
            "bottle",
            192_000,
            12,
            480,
            "اکسیدان",
            strength,
        )
        for code, strength in ((OXIDANT, "۶٪"), ("1452", "۳٪"))
    ),
)
