from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.errors import TextRefused
from domain.money import Rate, of_toman
from domain.order_guide import habits
from domain.orders import OrderLine
from domain.saved_baskets import SavedName, free_name, rhythm_name, saved_name
from domain.search_misses import likely_brands, unknown_part

TODAY = date(2026, 11, 21)


def a_line(product_id: int, quantity: int) -> OrderLine:
    return OrderLine(
        product_id=product_id, name="-", short_name="-", label="-", quantity=quantity,
        unit_price=of_toman(1_000), vat_rate=Rate(1000), later=3,
    )  # fmt: skip


def bought(product_id: int, *ago: tuple[int, int]) -> list[tuple[date, OrderLine]]:
    return [(TODAY - timedelta(days=days), a_line(product_id, quantity)) for days, quantity in ago]


def test_the_reason_is_how_often_and_how_much_is_bought() -> None:
    (found,) = habits(bought(1, (62, 12), (48, 12), (32, 24), (18, 12)), TODAY)
    assert (found.quantity, found.times, found.every) == (12, 4, 14)
    assert (found.last_on, found.next_on) == (TODAY - timedelta(days=18), TODAY - timedelta(days=4))
    assert found.is_due(TODAY)
    assert found.line.later == 0


def test_with_fewer_orders_nobody_says_how_often() -> None:
    (found,) = habits(bought(1, (40, 6), (20, 10)), TODAY)
    assert (found.quantity, found.every, found.next_on) == (8, None, None)
    assert not found.is_due(TODAY)


def test_what_is_due_stands_first_and_what_was_bought_once_is_no_habit() -> None:
    due = bought(1, (62, 12), (48, 12), (32, 12), (18, 12))
    often = bought(2, *((days, 6) for days in (71, 57, 43, 29, 15, 1)))
    twice, once = bought(3, (30, 1), (10, 1)), bought(4, (5, 9))
    assert [each.line.product_id for each in habits([*once, *twice, *often, *due], TODAY)] == [1, 2, 3]
    assert [each.line.product_id for each in habits(once, TODAY)] == [4]
    assert habits((), TODAY) == ()


def test_two_lines_of_one_day_are_bought_once() -> None:
    (found,) = habits([*bought(1, (3, 5)), *bought(1, (3, 5))], TODAY)
    assert found.times == 1


def test_a_basket_is_called_by_how_often_its_customer_orders() -> None:
    named = [rhythm_name(days) for days in (7, 10, 11, 30, None)]
    assert named == [SavedName.WEEKLY] * 2 + [SavedName.MONTHLY] * 3


def test_a_name_that_is_there_gets_a_number() -> None:
    assert free_name("ماهانه", frozenset()) == "ماهانه"
    assert free_name("ماهانه", {"ماهانه"}) == "ماهانه 2"
    assert free_name("ماهانه", {"ماهانه", "ماهانه 2"}) == "ماهانه 3"


def test_a_typed_name_is_cleaned_and_neither_empty_nor_long() -> None:
    assert saved_name("  سبد   عید ") == "سبد عید"
    for text in ("", " ؟ ", "ن" * 41):
        with pytest.raises(TextRefused):
            saved_name(text)


def test_what_nothing_is_called_by_is_the_name_that_is_missing() -> None:
    assert unknown_part("شامپو اوینا ۲۵۰", (True, False, True)) == "اوینا"
    assert unknown_part("شامپو زرد", (True, True)) == "شامپو زرد"


def test_brands_that_sound_like_it_may_be_meant() -> None:
    brands = ((1, "آوین"), (2, "سپیدار"), (3, "نگاره"), (4, "لاروش پوزای"))
    assert likely_brands("avin", brands)[0] == (1, "آوین")
    assert likely_brands("sepidaar", brands)[0] == (2, "سپیدار")
    assert likely_brands("لاروش", brands)[0] == (4, "لاروش پوزای")
    assert likely_brands("قطره چکان", ((1, "آوین"),)) == ()
