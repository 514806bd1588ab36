"""The columns of each kind of file: what they are called, how they are read, which of them must be there.

The headers are part of the file format, like the names of tables: they are Persian in every language.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.catalogue import Unit
from domain.customers import CustomerKind
from domain.imports.cells import (
    Read,
    barcode,
    choice,
    code,
    day,
    identifier,
    mobile,
    percent,
    rials,
    text,
    toman,
    whole,
)
from domain.imports.rows import AliasRow, CustomerRow, ImportKind, PriceRow, ProductRow, Row, StockRow

EXAMPLE_CODE = "نمونه"
"""The code of a template's example row; a row that still has it is passed over."""

KINDS = {
    "داروخانه": CustomerKind.PHARMACY,
    "سالن زیبایی": CustomerKind.SALON,
    "سالن": CustomerKind.SALON,
    "آرایشگاه": CustomerKind.SALON,
    "فروشگاه / زنجیره‌ای": CustomerKind.CHAIN,
    "فروشگاه": CustomerKind.CHAIN,
    "زنجیره‌ای": CustomerKind.CHAIN,
    "فروشگاه زنجیره‌ای": CustomerKind.CHAIN,
    "فروشگاه آنلاین": CustomerKind.ONLINE,
    "آنلاین": CustomerKind.ONLINE,
    "فروشگاه اینترنتی": CustomerKind.ONLINE,
    "مصرف شخصی": CustomerKind.PERSONAL,
    "شخصی": CustomerKind.PERSONAL,
}
UNITS = {
    "عدد": Unit.PIECE,
    "دانه": Unit.PIECE,
    "بسته": Unit.PACK,
    "جعبه": Unit.PACK,
    "بطری": Unit.BOTTLE,
    "شیشه": Unit.BOTTLE,
    "تیوب": Unit.TUBE,
}
YES_OR_NO = {
    **dict.fromkeys(("بله", "بلی", "آری", "فعال", "yes", "true", "1"), True),
    **dict.fromkeys(("خیر", "نه", "غیرفعال", "غیر فعال", "no", "false", "0"), False),
}


CHOICES: dict[str, tuple[str, ...]] = {
    "unit": ("عدد", "بسته", "بطری", "تیوب"),
    "kind": ("داروخانه", "سالن زیبایی", "فروشگاه / زنجیره‌ای", "فروشگاه آنلاین", "مصرف شخصی"),
    "is_active": ("بله", "خیر"),
    "side": ("بدهکار", "بستانکار"),
    "state": ("دریافت‌شده", "واگذار به بانک", "وصول‌شده", "برگشتی"),
    "promotion_kind": ("پلکانی", "درصدی", "اشانتیون", "سبدی", "روی کل سفارش"),
}
"""What a template offers for the fields that are chosen; the other spellings are understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A header and its other spellings, the field it fills, and how its cells are read."""

    field: str
    title: str
    read: Read
    also: tuple[str, ...]
    is_required: bool
    example: str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One kind of file. ``unitless`` are money headers that forgot their unit (rule R1.4a).

    Fields of ``money`` have a column for each unit, of which a file has one.
    """

    row: type[Row]
    columns: tuple[Column, ...]
    unitless: tuple[str, ...] = ()
    money: frozenset[str] = frozenset({"rials"})


def may(field: str, title: str, read: Read, *also: str, example: str | int = "") -> Column:
    """A column that a file may have."""
    return Column(field=field, title=title, read=read, also=also, is_required=False, example=example)


def must(field: str, title: str, read: Read, *also: str, example: str | int = "") -> Column:
    """A column that a file must have, filled in every row."""
    return Column(field=field, title=title, read=read, also=also, is_required=True, example=example)


PRICE_TITLES = ("قیمت (تومان)", "قیمت (ریال)")
_TOMAN = ("قیمت به تومان", "قیمت تومانی", "قیمت فروش (تومان)", "مبلغ (تومان)", "price (toman)")
_RIALS = ("قیمت به ریال", "قیمت ریالی", "قیمت فروش (ریال)", "مبلغ (ریال)", "price (rial)")
_UNITLESS = ("قیمت", "قیمت فروش", "بها", "مبلغ", "price")
_VAT = ("مالیات", "درصد مالیات", "مالیات بر ارزش افزوده", "مالیات بر ارزش افزوده (٪)", "vat")
_PRODUCT_CODE = must(
    "code", "کد کالا", code, "کد", "کد محصول", "شناسه کالا", "code", "product code", example=EXAMPLE_CODE
)

_PRODUCTS = Sheet(
    row=ProductRow,
    unitless=_UNITLESS,
    columns=(
        must("code", "کد", code, "کد کالا", "کد محصول", "شناسه کالا", "code", example=EXAMPLE_CODE),
        must(
            "name",
            "نام",
            text(300),
            "نام کالا",
            "نام محصول",
            "شرح",
            "شرح کالا",
            "name",
            example="شامپو ضدشوره آوین ۲۵۰ میل",
        ),
        may("short_name", "نام کوتاه", text(300), "short name", example="شامپو آوین ۲۵۰"),
        may("barcode", "بارکد", barcode, "barcode", "gtin", example="6260000010247"),
        must("category", "دسته", text(100), "دسته‌بندی", "گروه کالا", "category", example="مراقبت مو"),
        may("brand", "برند", text(100), "مارک", "نشان تجاری", "brand", example="آوین"),
        may("unit", "واحد", choice(UNITS), "واحد شمارش", "unit", example="عدد"),
        may("carton", "تعداد در کارتن", whole(1, 100_000), "تعداد کارتن", "کارتن", "carton", example=24),
        may("minimum", "حداقل سفارش", whole(1, 100_000), "حداقل", "minimum", example=6),
        may("multiple", "مضرب سفارش", whole(1, 100_000), "مضرب", "multiple", example=6),
        may("vat_basis_points", "مالیات (٪)", percent, *_VAT, example=10),
        may("rials", PRICE_TITLES[0], toman, *_TOMAN, example=148_000),
        may("rials", PRICE_TITLES[1], rials, *_RIALS),
        may("is_active", "فعال", choice(YES_OR_NO), "وضعیت", "active", example="بله"),
    ),
)

_CUSTOMERS = Sheet(
    row=CustomerRow,
    columns=(
        must("code", "کد", code, "کد مشتری", "شناسه مشتری", "code", example=EXAMPLE_CODE),
        must("name", "نام", text(200), "نام مشتری", "نام مرکز", "name", example="داروخانه دکتر رضایی"),
        must("kind", "نوع", choice(KINDS), "نوع مشتری", "نوع فعالیت", "kind", example="داروخانه"),
        must("city", "شهر", text(80), "city", example="تهران"),
        must("address", "نشانی", text(500), "آدرس", "address", example="سعادت‌آباد، خیابان سرو غربی، پلاک ۴۲"),
        may("short_address", "نشانی کوتاه", text(200), "آدرس کوتاه", example="سعادت‌آباد، سرو غربی ۴۲"),
        may(
            "mobile", "موبایل", mobile, "تلفن همراه", "همراه", "شماره موبایل", "mobile", example="09120000000"
        ),
        may("contact", "نام رابط", text(120), "رابط", "نام مسئول", "contact", example="دکتر رضایی"),
        may(
            "national_id",
            "شناسه ملی",
            identifier,
            "کد ملی",
            "کد اقتصادی",
            "شناسه ملی / کد اقتصادی",
            "national id",
        ),
        may("group", "گروه", text(100), "گروه مشتری", "group", example="داروخانه‌های غرب"),
        may("route", "مسیر", text(80), "مسیر پخش", "مسیر توزیع", "route"),
    ),
)

_PRICES = Sheet(
    row=PriceRow,
    unitless=_UNITLESS,
    columns=(
        _PRODUCT_CODE,
        must("rials", PRICE_TITLES[0], toman, *_TOMAN, example=148_000),
        must("rials", PRICE_TITLES[1], rials, *_RIALS),
        may("price_list", "لیست قیمت", text(100), "فهرست قیمت", "price list"),
        may("since", "از تاریخ", day, "تاریخ شروع", "from", example="۱۴۰۵/۰۹/۰۱"),
        may("until", "تا تاریخ", day, "تاریخ پایان", "until", example="۱۴۰۵/۱۲/۲۹"),
    ),
)

_STOCK = Sheet(
    row=StockRow,
    columns=(
        _PRODUCT_CODE,
        must("on_hand", "موجودی", whole(0), "موجودی انبار", "تعداد", "stock", example=480),
        may("safety", "ذخیره احتیاطی", whole(0), "موجودی احتیاطی", example=24),
        may("low_at", "آستانه کم", whole(0), "نقطه سفارش", "حد کم", example=48),
    ),
)

_ALIASES = Sheet(
    row=AliasRow,
    columns=(
        must("brand_name", "برند", text(100), "نام برند", "مارک", "brand", example=EXAMPLE_CODE),
        must("alias", "نام دیگر", text(100), "نام‌های دیگر", "مترادف", "املای دیگر", "alias", example="Avin"),
    ),
)

SHEETS_OF_GOODS = {
    ImportKind.PRODUCTS: _PRODUCTS,
    ImportKind.CUSTOMERS: _CUSTOMERS,
    ImportKind.PRICES: _PRICES,
    ImportKind.STOCK: _STOCK,
    ImportKind.ALIASES: _ALIASES,
}
