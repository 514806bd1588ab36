from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.basket import Basket, Summary
from domain.calendar import DeliveryPlan, Route
from domain.catalogue import Offer, Product, Stock, Unit
from domain.history import Bought, HistoryPage, LinesPage, Span
from domain.money import ZERO, Rate, of_toman
from domain.order_views import OrderBrief
from domain.orders import Order, OrderLine, OrderStatus
from domain.promotion_rules import PromotionStep
from domain.repeats import Again, Change, Difference, InTheWay, Short, ShortQuestion
from screens import history, repeats, replacing
from screens.callbacks.base import MOST_BYTES
from screens.callbacks.orders import FilterHistory, OpenHistory, OpenJob, OpenLines, ReplaceBasket
from screens.language import Language
from screens.screen import ALONE, SHARING, Screen
from tests.conftest import NOW

PLAN = DeliveryPlan(
    short_address="الف", route=Route(id=1, name="غرب ۳", weekdays=frozenset({0})), holidays=frozenset()
)


def line(number: int = 1, **more: object) -> OrderLine:
    made = OrderLine(
        product_id=number,
        name=f"کالای {number} کامل",
        short_name=f"کالای {number}",
        label=f"کالا {number}",
        quantity=12,
        unit_price=of_toman(1_000),
        vat_rate=Rate(1_000),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def order(*lines: OrderLine, **more: object) -> Order:
    made = Order(
        id=1,
        customer_id=1,
        outlet_id=1,
        contact_id=1,
        number=40_411,
        status=OrderStatus.DELIVERED,
        lines=lines or (line(),),
        placed_at=NOW,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def draft(*lines: OrderLine, **more: object) -> Order:
    bare = order(*lines, number=None, status=OrderStatus.DRAFT, placed_at=None)
    return replace(bare, deliver_on=date(2026, 11, 23), nonce="x" * 22, **more)  # type: ignore[arg-type]


def final(*lines: OrderLine, **more: object) -> Again:
    made = Again(summary=Summary(basket=Basket(draft=draft(*lines)), plan=PLAN), source=order())
    return replace(made, **more)  # type: ignore[arg-type]


def fits(screen: Screen) -> None:
    """What every keyboard keeps to."""
    for row in screen.rows:
        for button in row:
            assert len(button.label) <= (ALONE if len(row) == 1 else SHARING), button.label
            assert len(button.tap.pack().encode()) <= MOST_BYTES


def brief(number: int, status: OrderStatus = OrderStatus.DELIVERED) -> OrderBrief:
    return OrderBrief(
        id=number,
        number=number,
        status=status,
        deliver_on=None,
        placed_at=NOW,
        line_count=1,
        payable=of_toman(1_000),
        customer_name="کسی",
    )


def page(count: int, **more: object) -> HistoryPage:
    bought = Bought(orders=count, purchases=count, total=of_toman(1_000 * count))
    shown = tuple(brief(each) for each in range(1, min(count, 10) + 1))
    made = HistoryPage(span=Span.ALL, page=1, orders=shown, bought=bought)
    return replace(made, **more)  # type: ignore[arg-type]


def test_whoever_has_not_ordered_is_led_to_the_shelves(english: Language) -> None:
    screen = repeats.last_order(None, english)
    assert screen.text == "You have not ordered anything yet."
    assert screen.labels == (("🛒 New order",), ("🏠 Home",))


def test_the_bonus_of_today_stands_beside_its_line(persian: Language) -> None:
    lines = (line(1), line(2))
    bonuses = {lines[1].product_id: PromotionStep(at=24, free=3)}
    for screen in (
        repeats.last_order(order(*lines), persian, bonuses),
        repeats.earlier_order(order(*lines), persian, bonuses),
    ):
        assert screen.text.splitlines()[1].endswith("× ۱۲")
        assert screen.text.splitlines()[2].endswith("× ۱۲   🎁 ۲۴+۳")


def test_a_long_order_is_cut_with_a_word_on_the_rest(english: Language) -> None:
    screen = repeats.last_order(order(*(line(number) for number in range(1, 24))), english)
    assert "20. ⁨کالای 20⁩ × 12" in screen.text or "20. کالای 20 × 12" in screen.text
    assert "… and 3 more items" in screen.text


def test_earlier_orders_are_buttons_that_fit(persian: Language) -> None:
    screen = repeats.earlier_orders([brief(40_001), brief(40_002)], 2, True, persian)
    assert screen.labels[0] == ("۳۰ آبان ۱۴۰۵ · ۴۰۰۰۱ · ۱٬۰۰۰",)
    assert screen.labels[2] == ("▶️ قبلی", "◀️ بعدی")
    fits(screen)
    assert repeats.earlier_orders([], 1, False, persian).text == "هنوز سفارشی ثبت نکرده‌اید."


@pytest.mark.parametrize(
    ("difference", "said"),
    [
        (
            Difference(
                change=Change.DEARER, label="الف", price_before=of_toman(185), price_after=of_toman(192)
            ),
            "🔺 الف: ۱۸۵ ← ۱۹۲ تومان",
        ),
        (
            Difference(
                change=Change.CHEAPER, label="الف", price_before=of_toman(192), price_after=of_toman(185)
            ),
            "🔻 الف: ۱۹۲ ← ۱۸۵ تومان",
        ),
        (
            Difference(change=Change.SHORT, label="الف", unit=Unit.PACK, units_after=8),
            "🟡 الف: فقط ۸ بسته موجود است",
        ),
        (Difference(change=Change.OUT, label="الف"), "⚪️ الف: ناموجود است"),
        (
            Difference(change=Change.ROUNDED, label="الف", units_before=7, units_after=12),
            "📦 الف: ۷ عدد ← ۱۲ عدد",
        ),
        (Difference(change=Change.GONE, label="الف"), "⛔️ الف: دیگر فروخته نمی‌شود"),
    ],
)
def test_each_difference_has_its_words(persian: Language, difference: Difference, said: str) -> None:
    screen = repeats.again(final(differences=(difference,)), persian)
    assert screen.text.splitlines()[:3] == ["یک چیز عوض شده:", said, ""]


def test_differences_are_counted(persian: Language) -> None:
    gone = Difference(change=Change.GONE, label="الف")
    assert repeats.again(final(differences=(gone,) * 2), persian).text.startswith("دو چیز عوض شده:")
    assert repeats.again(final(differences=(gone,) * 3), persian).text.startswith("۳ چیز عوض شده:")
    assert repeats.again(final(), persian).text.startswith("🧾 سفارش شما")


def test_lines_of_a_family_are_one_with_what_comes_later(persian: Language) -> None:
    shades = [
        line(number, family="رنگ مو", variant=variant, later=later)
        for number, (variant, later) in enumerate((("۶/۱", 2), ("۷/۳", 4), ("۸/۰", 0)), start=1)
    ]
    text = repeats.again(final(*shades, line(9, later=1)), persian).text
    assert "رنگ مو × ۳۶ (۲ عدد ۶/۱، ۴ عدد ۷/۳ با ارسال بعدی): ۳۶٬۰۰۰" in text
    assert "کالای 9 × ۱۲ (۱ عدد با ارسال بعدی): ۱۲٬۰۰۰" in text


def test_a_day_whose_time_has_passed_is_warned_of(english: Language) -> None:
    found = final()
    late = replace(found, summary=replace(found.summary, is_late=True))
    assert "⚠️" in repeats.again(late, english).text


def test_what_is_out_of_stock_comes_later_or_not_at_all(persian: Language) -> None:
    short = Short(line=line(), available=0, offered=0)
    screen = repeats.short_question(ShortQuestion(short=short), persian)
    assert screen.text == "⚪️ کالا 1: ناموجود است\nبرای کالا 1 چه کنیم؟"
    assert screen.labels[0] == ("۱۲ عدد بعداً", "🗑 حذف")


def test_a_substitute_with_a_long_name_still_fits(persian: Language) -> None:
    other = Product(id=2**60, code="1", name="ب", short_name="ب", label="ب" * 60, category_id=1)
    offer = Offer(product=other, price=ZERO, stock=Stock(on_hand=50))
    short = Short(line=line(2**60 + 1), available=8, offered=8, substitute=offer)
    screen = repeats.short_question(ShortQuestion(short=short), persian)
    assert "فقط ۸ عدد موجود است" in screen.text
    fits(screen)


def test_a_basket_in_the_way_can_be_looked_at_or_replaced(english: Language) -> None:
    found = InTheWay(source=order(), basket=Basket(draft=draft(version=3)))
    screen = replacing.in_the_way(found, english)
    assert screen.taps[0] == ReplaceBasket(order_id=1, version=3)
    fits(screen)


def test_a_change_in_the_way_is_finished_first(english: Language) -> None:
    found = InTheWay(source=order(), basket=Basket(draft=draft(), original=order(number=40_500)))
    screen = replacing.in_the_way(found, english)
    assert "40500" in screen.text
    assert not any(isinstance(tap, ReplaceBasket) for tap in screen.taps)


def test_history_turns_its_pages(persian: Language) -> None:
    screen = history.history(page(24), persian)
    assert screen.text.splitlines()[:3] == [
        "🧾 سوابق خرید: همه",
        "۲۴ خرید · جمع ۲۴٬۰۰۰ تومان",
        "صفحه ۱ از ۳",
    ]
    first = screen.text.partition("\n۱. ")[2].partition("\n۲. ")[0]
    assert all(part in first for part in ("۳۰ آبان ۱۴۰۵", "سفارش ۱", "۱٬۰۰۰", "تحویل شد"))
    assert screen.labels[:3] == (("۱", "۲", "۳", "۴", "۵"), ("۶", "۷", "۸", "۹", "۱۰"), ("◀️ بعدی",))
    assert OpenHistory(page=2) in screen.taps
    fits(screen)


def test_a_later_page_goes_on_counting(persian: Language) -> None:
    screen = history.history(page(24, page=3, orders=(brief(5),), span=Span.YEAR), persian)
    assert "۲۱. " in screen.text
    assert FilterHistory(span=Span.YEAR, page=2) in screen.taps
    assert FilterHistory(span=Span.YEAR, page=4) not in screen.taps


def test_an_empty_span_offers_the_others(persian: Language) -> None:
    screen = history.history(page(0, span=Span.MONTH), persian)
    assert screen.text == "در این بازه سفارشی نیست: این ماه"
    assert screen.labels[0] == ("همه", "این فصل", "امسال")
    assert history.history(page(0), persian).text == "هنوز سفارشی ثبت نکرده‌اید."


def test_lines_come_twenty_to_a_page(english: Language) -> None:
    long = order(*(line(number) for number in range(1, 46)))
    screen = history.order_lines(LinesPage(order=long, page=2), english)
    assert "21. " in screen.text
    assert "41. " not in screen.text
    assert "To pay:" in screen.text
    assert OpenLines(order_id=1, page=1) in screen.taps
    assert OpenLines(order_id=1, page=3) in screen.taps
    fits(screen)


def test_staff_see_what_is_sent_but_no_prices(english: Language) -> None:
    screen = history.order_lines(LinesPage(order=order(), page=9, is_for_staff=True), english)
    assert "12 pieces" in screen.text
    assert "toman" not in screen.text
    assert OpenJob(order_id=1) in screen.taps
