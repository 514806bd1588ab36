from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.catalogue import Product
from domain.errors import NotAQuantity, QuantityNotSold
from domain.quantities import MOST_UNITS, Typed, is_sold, require_sold, suggestions, typed, units


def of(carton: int = 1, minimum: int = 1, multiple: int = 1) -> Product:
    return Product(
        id=1, code="1", name="شامپو", short_name="شامپو", label="شامپو", category_id=1,
        carton=carton, minimum=minimum, multiple=multiple,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number", "in_cartons"),
    [
        ("24", 24, None),
        ("۲۴", 24, None),
        ("٢٤", 24, None),
        (" ۲۴ ", 24, None),
        ("\u200f۲۴\u200e", 24, None),
        ("۰۱۲", 12, None),
        ("0", 0, None),
        ("۱۰+۱", 10, None),
        ("10 + 1 عدد", 10, False),
        ("۲۴ عدد", 24, False),
        ("۲۴عدد", 24, False),
        ("۱۰ بسته", 10, False),
        ("۲ کارتن", 2, True),
        ("۲کارتن", 2, True),
        ("۲\u200cكارتن", 2, True),
        ("یک کارتن", 1, True),
        ("یه کارتون", 1, True),
        ("2 cartons", 2, True),
        ("دوتا", 2, False),
        ("دو تا", 2, False),
        ("سه‌تا", 3, False),
        ("یه‌دونه", 1, False),
        ("نه تا", 9, False),
        ("1 جین", 12, False),
        ("دو جین", 24, False),
        ("نیم جین", 6, False),
        ("بیست", 20, None),
        ("بیست و چهار", 24, None),
        ("صد و بیست و چهار عدد", 124, False),
        ("۱٬۲۰۰", 1200, None),
        ("1,200", 1200, None),
        ("۱۲،۰۰۰ عدد", 12_000, False),
        ("999999999", 999_999_999, None),
    ],
)
def test_a_quantity_is_read_in_any_digits(text: str, number: int, in_cartons: bool | None) -> None:
    assert typed(text) == Typed(number=number, in_cartons=in_cartons)


@pytest.mark.parametrize(
    ("text", "number"), [("نیم کارتن", 0), ("نصف کارتن", 0), ("یک و نیم کارتن", 1), ("۲ و نیم کارتن", 2)]
)
def test_half_a_carton_is_read(text: str, number: int) -> None:
    assert typed(text) == Typed(number=number, in_cartons=True, half=True)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\u200f", "1e9", "-0", "-5", "+5", "NaN", "inf", "1_000", "1.0", "1.000", "۱٫۵", "12,34",
        "1,,000", "0x10", "5" * 55, "1" * 10, "24 24", "۲ کارتن ۳", "کارتن", "عدد", "نه", "سلام", "دو سه",
        "بیست و", "و دو", "بیست و ده", "ده و دو", "دو و بیست", "نیم", "و نیم کارتن", "۲ نیم کارتن", "نیم عدد",
        "10+", "10+1+1", "10+x", "10++1",
        "یک و نیم", "²", "①", "１２", "۲ و ۳", "۲۴ شامپو", "x" * 5000,
    ],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotAQuantity):
        typed(text)


NUMBERISH = st.text(
    st.sampled_from("0123456789۰۱۹٠٩,٬،.-+_eE ـ\u200c\u200fکارتن عدد نیم و دوجین"), max_size=60
)


@settings(max_examples=1_000)
@given(st.one_of(st.text(), NUMBERISH))
def test_no_text_does_more_than_be_a_quantity_or_be_refused(text: str) -> None:
    with suppress(NotAQuantity):
        read = typed(text)
        assert 0 <= read.number <= 12 * 10**9
        assert isinstance(units(read, of(carton=24)), int)


@given(st.integers(0, 10**9 - 1), st.sampled_from(["0123456789", "۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"]), st.booleans())
def test_every_number_is_read_as_it_was_written(number: int, digits: str, is_apart: bool) -> None:
    text = f"{number:,}" if is_apart else str(number)
    assert typed(text.translate(str.maketrans("0123456789", digits))).number == number


def test_cartons_become_units() -> None:
    assert units(typed("۲ کارتن"), of(carton=24)) == 48
    assert units(typed("یک و نیم کارتن"), of(carton=24)) == 36
    assert units(typed("نیم کارتن"), of(carton=10)) == 5
    assert units(typed("۱۲ عدد"), of(carton=24)) == 12
    assert units(typed("۱۲"), of(carton=24)) == 12


@pytest.mark.parametrize(("text", "carton"), [("۲ کارتن", 1), ("نیم کارتن", 15)])
def test_cartons_that_do_not_come_out_are_refused(text: str, carton: int) -> None:
    with pytest.raises(NotAQuantity):
        units(typed(text), of(carton=carton))


@pytest.mark.parametrize("quantity", [0, 5, 7, 100_002])
def test_what_is_not_sold_is_refused_with_the_rule(quantity: int) -> None:
    with pytest.raises(QuantityNotSold) as no:
        require_sold(of(minimum=6, multiple=3), quantity)
    assert (no.value.minimum, no.value.multiple, no.value.most) == (6, 3, MOST_UNITS)


def test_what_is_sold_passes() -> None:
    require_sold(of(minimum=6, multiple=3), 9)
    require_sold(of(), MOST_UNITS)


@pytest.mark.parametrize(
    ("product", "expected"),
    [
        (of(carton=24), (6, 12, 24, 48)),
        (of(carton=1), (1, 2, 5, 10)),
        (of(carton=10), (2, 5, 10, 20)),
        (of(carton=12), (3, 6, 12, 24)),
        (of(carton=48), (12, 24, 48, 96)),
        (of(carton=15), (3, 5, 15, 30)),
        (of(carton=7), (7, 14, 21, 28)),
        (of(carton=24, minimum=12), (12, 24, 48, 72)),
        (of(carton=24, minimum=100), (120, 144, 168, 192)),
        (of(carton=24, multiple=12), (12, 24, 48, 72)),
        (of(carton=24, multiple=5), (5, 10, 25, 50)),
        (of(minimum=3), (3, 6, 15, 30)),
        (of(carton=60_000), (15_000, 30_000, 60_000)),
        (of(minimum=200_000), ()),
    ],
)
def test_buttons_offer_parts_of_a_carton_then_cartons(product: Product, expected: tuple[int, ...]) -> None:
    assert suggestions(product) == expected


@given(st.integers(1, 500), st.integers(1, 500), st.integers(1, 50))
def test_every_button_can_be_sold(carton: int, minimum: int, multiple: int) -> None:
    product = of(carton, minimum, multiple)
    offered = suggestions(product)
    assert offered == tuple(sorted(set(offered)))
    assert 1 <= len(offered) <= 4
    assert all(is_sold(product, each) for each in offered)
