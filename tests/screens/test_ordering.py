from __future__ import annotations

from dataclasses import replace

import pytest

from bot.splitting import utf16_length
from domain.basket import Added, Basket, DayChoice, LineOpen, OutletChoice, Renewal, Summary
from domain.calendar import DeliveryPlan
from domain.catalogue import Product, Unit
from domain.customers import Outlet
from domain.errors import NotSold, OutletNotChosen, Shortage, TooLateToChange
from domain.money import Rate, of_toman
from domain.notifications import Notification, Recipient
from domain.order_views import Job, OrderBrief, OrderView
from domain.orders import OPEN, Order, OrderEvent, OrderLine, OrderStatus
from screens import basket, checkout, fulfilment, orders, shortage
from screens.callbacks.basket import (
    AddPart,
    ChooseOutlet,
    DropNote,
    EditBasket,
    OpenBasket,
    PlaceOrder,
    SetLine,
    SetOutlet,
)
from screens.callbacks.catalogue import OpenProduct
from screens.callbacks.orders import DropChange, MoveOrder, OpenLines, Step, Verdict
from screens.language import Language
from screens.notices import told
from screens.order_lines import writer
from screens.refusals import refusal
from screens.screen import Screen
from tests.builders.orders import MONDAY, WEDNESDAY, WEST
from tests.conftest import NOW

PLAN = DeliveryPlan(short_address="سعادت‌آباد", route=WEST, holidays=frozenset())
PRODUCT = Product(id=1, code="1", name="شامپو", short_name="شامپو", label="شامپو", carton=24, category_id=7)
NONCE = "n" * 22


def a_line(product_id: int = 1, quantity: int = 24, later: int = 0, unit: Unit = Unit.PIECE) -> OrderLine:
    return OrderLine(
        product_id=product_id,
        name="یک نام بسیار بلند برای کالایی که در دکمه جا نمی‌شود و باید کوتاه شود",
        short_name="یک نام بسیار بلند برای کالایی که در دکمه جا نمی‌شود و باید کوتاه شود",
        label="شامپو",
        quantity=quantity,
        later=later,
        unit=unit,
        unit_price=of_toman(148_000),
        vat_rate=Rate(1000),
    )


def an_order(lines: int = 1, status: OrderStatus = OrderStatus.DRAFT) -> Order:
    return Order(
        id=1, customer_id=1, outlet_id=1, contact_id=1, version=3,
        number=None if status is OrderStatus.DRAFT else 40_521, status=status, nonce=NONCE,
        lines=tuple(a_line(n) for n in range(1, lines + 1)), deliver_on=MONDAY,
    )  # fmt: skip


def a_view(status: OrderStatus, lines: int = 1, can_change: bool = False) -> OrderView:
    order = an_order(lines, status)
    events = (OrderEvent(status=OrderStatus.PLACED, at=NOW), OrderEvent(status=status, at=NOW))
    return OrderView(order=replace(order, events=events), plan=PLAN, can_change=can_change)


def fits(screen: Screen) -> bool:
    wide = all(len(button.label) <= (40 if len(row) == 1 else 24) for row in screen.rows for button in row)
    data = all(len(tap.pack().encode()) <= 64 for tap in screen.taps)
    return utf16_length(screen.text) <= 4096 and wide and data


@pytest.mark.parametrize("lines", [1, 8, 9, 31, 150, 300])
def test_orders_of_any_length_fit_one_message(persian: Language, lines: int) -> None:
    draft, view = an_order(lines), a_view(OrderStatus.APPROVED, lines, can_change=True)
    job = Job(order=view.order, plan=PLAN, customer_name="داروخانه")
    screens = [
        basket.basket(Basket(draft=draft), persian),
        basket.edit(Basket(draft=draft), 1, persian),
        basket.edit(Basket(draft=draft), 99_999, persian),
        orders.order_card(view, persian),
        fulfilment.job(job, persian),
    ]
    assert [fits(each) for each in screens] == [True] * len(screens)


def test_every_line_of_a_long_basket_is_reached_by_turning_pages(persian: Language) -> None:
    draft, seen, page = Basket(draft=an_order(100)), set[int](), 1
    while True:
        screen = basket.edit(draft, page, persian)
        seen |= {tap.product_id for tap in screen.taps if hasattr(tap, "product_id")}
        if EditBasket(page=page + 1) not in screen.taps:
            break
        page += 1
    assert (len(seen), page) == (100, 13)


def test_adding_more_says_how_much_there_is_now(persian: Language) -> None:
    shown = Added(basket=Basket(draft=an_order()), product=PRODUCT, quantity=6)
    assert basket.added(shown, persian).text == "۶ عدد اضافه شد.\nالان ۲۴ عدد در سبد شماست."


@pytest.mark.parametrize(
    ("unit", "word"), [(Unit.PACK, "بسته"), (Unit.BOTTLE, "بطری"), (Unit.TUBE, "تیوب"), (Unit.PIECE, "عدد")]
)
def test_units_have_their_words(persian: Language, unit: Unit, word: str) -> None:
    line = a_line(quantity=10, later=4, unit=unit)
    text = writer()(2, line, persian)
    assert f"— ۱۰ {word} = ۱٬۴۸۰٬۰۰۰\n   (۴ {word} با ارسال بعدی)" in text


def test_a_change_shows_what_it_changes_and_the_way_out(persian: Language) -> None:
    original = an_order(status=OrderStatus.APPROVED)
    for draft in (an_order(), an_order(0)):
        screen = basket.basket(Basket(draft=draft, original=original), persian)
        assert screen.text.startswith("✏️ تغییر سفارش ۴۰۵۲۱\n")
        assert DropChange(order_id=1) in screen.taps


def test_an_empty_basket_says_so_everywhere(persian: Language) -> None:
    empty = Basket(draft=an_order(0))
    for screen in (
        basket.basket(empty, persian),
        basket.edit(empty, 1, persian),
        basket.empty_question(empty, persian),
    ):
        assert screen.text == "سبد شما خالی است."


def test_a_line_offers_other_quantities_and_zero(persian: Language) -> None:
    screen = basket.line(LineOpen(line=a_line(), product=PRODUCT), persian)
    offered = [tap.quantity for tap in screen.taps if isinstance(tap, SetLine)]
    assert offered == [6, 12, 48, 0]


def test_how_many_names_the_product_and_speaks_of_cartons_only_where_there_are_any(persian: Language) -> None:
    of_a_line = basket.quantity_question(PRODUCT, True, persian)
    of_a_product = basket.quantity_question(PRODUCT, False, persian)
    assert of_a_line.text == "شامپو\nچند عدد؟ تعداد را بفرستید؛ مثلاً ۲۴ یا «۲ کارتن»."
    assert of_a_product.text == of_a_line.text
    assert of_a_product.taps[0] == OpenProduct(product_id=1)
    single = replace(PRODUCT, carton=1, unit=Unit.BOTTLE)
    asked = basket.quantity_question(single, False, persian).text
    assert asked == "شامپو\nچند بطری؟ تعداد را بفرستید؛ مثلاً ۲۴."


@pytest.mark.parametrize("renewal", [None, *Renewal])
def test_a_summary_says_why_it_is_shown_and_places_itself(persian: Language, renewal: Renewal | None) -> None:
    draft = replace(an_order(), lines=(a_line(later=4),), note="زنگ <b>")
    shown = Summary(basket=Basket(draft=draft), plan=PLAN, is_late=True, renewal=renewal)
    screen = checkout.summary(shown, persian)
    assert PlaceOrder(order_id=1, version=3, nonce=NONCE) in screen.taps
    assert ("عوض" in screen.text or "گذشته است. لطفاً" in screen.text) is (renewal is not None)
    assert "بخشی از ۱ قلم" in screen.text
    assert "⚠️" in screen.text
    assert "&lt;b&gt;" in screen.text


def test_a_day_without_a_missed_one_is_asked_plainly(persian: Language) -> None:
    choice = DayChoice(basket=Basket(draft=an_order()), days=(MONDAY, WEDNESDAY), missed=None)
    screen = checkout.day_choice(choice, persian)
    assert (screen.text, screen.labels[0]) == ("کدام روز بفرستیم؟", ("دوشنبه ۲ آذر", "چهارشنبه ۴ آذر"))


def test_a_note_that_stands_is_shown_and_can_be_taken_back(persian: Language) -> None:
    plain, noted = checkout.note_question(None, persian), checkout.note_question("زنگ بزنید", persian)
    assert noted.text == f"{plain.text}\n📝 زنگ بزنید"
    assert (plain.labels, noted.labels) == ((noted.labels[1],), (("🗑 بدون یادداشت",), *plain.labels))
    assert DropNote() in noted.taps


def an_outlet(number: int, name: str = "شعبه ونک", address: str = "ونک، یاسمن ۱۱۰") -> Outlet:
    return Outlet(id=number, customer_id=1, name=name, city="تهران", address=address, short_address=address)


def test_the_days_of_one_of_several_outlets_name_it_and_lead_to_the_others(persian: Language) -> None:
    choice = DayChoice(
        basket=Basket(draft=replace(an_order(), note="زنگ")),
        days=(MONDAY,),
        missed=None,
        outlet="ونک، یاسمن ۱۱۰",
    )
    screen = checkout.step(choice, persian)
    assert screen.text == "کدام روز بفرستیم؟\n📍 ونک، یاسمن ۱۱۰\n📝 زنگ"
    assert screen.labels[1] == ("📝 یادداشت برای پخش", "📍 شعبه دیگر")
    assert ChooseOutlet(page=1) in screen.taps


def test_a_few_outlets_stand_on_one_page(persian: Language) -> None:
    some = OutletChoice(basket=Basket(draft=an_order()), outlets=(an_outlet(3), an_outlet(2, "پونک" * 20)))
    screen = checkout.step(some, persian)
    assert (screen.text, screen.labels[0]) == ("کدام شعبه؟", ("شعبه ونک — ونک، یاسمن ۱۱۰",))
    assert screen.taps[:3] == (SetOutlet(outlet_id=3), SetOutlet(outlet_id=2), OpenBasket())
    assert fits(screen)


def test_every_outlet_of_a_large_chain_is_reached_by_turning_pages(persian: Language) -> None:
    many = OutletChoice(
        basket=Basket(draft=an_order()), outlets=tuple(an_outlet(number) for number in range(1, 42))
    )
    seen, page = [], 1
    while True:
        screen = checkout.outlet_choice(many, page, persian)
        seen += [tap.outlet_id for tap in screen.taps if isinstance(tap, SetOutlet)]
        if ChooseOutlet(page=page + 1) not in screen.taps:
            break
        page += 1
    assert (seen, page) == (list(range(1, 42)), 6)
    assert screen.text == "کدام شعبه؟ — صفحه ۶ از ۶"


def test_who_skips_the_outlet_is_led_to_it(persian: Language) -> None:
    screen = refusal(OutletNotChosen(), persian)
    assert isinstance(screen, Screen)
    assert screen.taps[0] == ChooseOutlet(page=1)


def test_a_shortage_offers_only_what_may_be_ordered(persian: Language) -> None:
    some = shortage.shortage(Shortage(1, "ماسک", 24, 15, unit=Unit.PACK, offered=12), persian)
    assert some.text == "از «ماسک» فقط ۱۵ بسته داریم."
    assert some.labels[0] == ("۱۲ بسته بفرستید", "۱۲ بسته الان، بقیه بعداً")
    assert AddPart(product_id=1, now=12, later=12) in some.taps
    assert len(some.labels[0]) == 2
    many = shortage.shortage(Shortage(1, "ماسک", 9_000, 1_440, offered=1_440), persian)
    assert many.labels[:2] == (("۱۴۴۰ عدد بفرستید",), ("۱۴۴۰ عدد الان، بقیه بعداً",))
    little = shortage.shortage(Shortage(1, "ماسک", 24, 5, offered=0), persian)
    none = shortage.shortage(Shortage(1, "ماسک", 24, 0), persian)
    assert (little.text, none.text) == ("از «ماسک» فقط ۵ عدد داریم.", "«ماسک» الان ناموجود است.")
    assert little.labels[0] == none.labels[0] == ("کالای مشابه", "🔔 خبرم کن")
    assert SetLine(product_id=1, quantity=0) in shortage.not_sold(NotSold(1, "ماسک"), persian).taps


@pytest.mark.parametrize("status", [each for each in OrderStatus if each is not OrderStatus.DRAFT])
def test_every_status_has_its_words_and_path(
    persian: Language, english: Language, status: OrderStatus
) -> None:
    for reader in (persian, english):
        text = orders.order_card(a_view(status), reader).text
        assert orders.status_word(status, reader) in text.splitlines()[0]
        assert orders.step_word(status, reader)
    card = orders.order_card(a_view(status), persian).text
    assert ("▫️" in card) is (status in OPEN)


def test_a_long_order_leads_to_all_of_its_lines(persian: Language) -> None:
    screen = orders.order_card(a_view(OrderStatus.DELIVERED, lines=50), persian)
    assert "… و ۳۰ قلم دیگر" in screen.text
    assert OpenLines(order_id=1, page=1) in screen.taps


def test_a_cutoff_within_the_hour_is_said_with_its_minutes(persian: Language) -> None:
    view = a_view(OrderStatus.APPROVED, can_change=True)
    route = replace(WEST, cutoff_minutes=16 * 60 + 30)
    view = replace(view, plan=replace(PLAN, route=route))
    assert orders.placed(view, persian).text.endswith("تا یکشنبه ساعت ۱۶:۳۰ می‌توانید تغییرش بدهید.")
    closed = orders.placed(replace(view, can_change=False), persian)
    assert closed.labels[0] == ("📦 پیگیری",)


def test_orders_on_their_way_are_listed(persian: Language) -> None:
    brief = OrderBrief(
        id=1, number=40_521, status=OrderStatus.LOADED, deliver_on=MONDAY, placed_at=NOW,
        line_count=3, payable=of_toman(1), customer_name="داروخانه",
    )  # fmt: skip
    listed = orders.tracking((brief, replace(brief, id=2, deliver_on=None)), persian)
    assert "۴۰۵۲۱ · بارگیری شد · تحویل دوشنبه ۲ آذر" in listed.text
    assert orders.tracking((), persian).text == "سفارش در راهی ندارید."
    desk = fulfilment.desk((brief, replace(brief, deliver_on=None)), 2, True, persian)
    assert "۴۰۵۲۱ · داروخانه · ۳ قلم · دوشنبه ۲ آذر" in desk.text
    assert desk.labels[-3:-1] == (("▶️ قبلی", "◀️ بعدی"), ("⏰ یک مسیر دیر می‌رسد",))
    assert fulfilment.desk((), 1, False, persian).text == "📦 سفارشی در صف انبار نیست."


@pytest.mark.parametrize(
    ("status", "step"),
    [
        (OrderStatus.APPROVED, Step.PICK),
        (OrderStatus.PICKING, Step.LOAD),
        (OrderStatus.LOADED, Step.DELIVER),
        (OrderStatus.DELIVERED, None),
    ],
)
def test_the_warehouse_has_one_button_for_the_next_step(
    persian: Language, status: OrderStatus, step: Step | None
) -> None:
    order = replace(an_order(status=status), lines=(a_line(quantity=12, later=4),), note="زنگ")
    screen = fulfilment.job(Job(order=order, plan=PLAN, customer_name="داروخانه"), persian)
    assert [tap.step for tap in screen.taps if isinstance(tap, MoveOrder)] == ([step] if step else [])
    assert "— ۸ عدد (۴ عدد با ارسال بعدی)" in screen.text


def test_questions_and_endings_of_an_order(persian: Language) -> None:
    order = an_order(status=OrderStatus.APPROVED)
    assert "۳٬۹۰۷٬۲۰۰ تومان لغو شود؟" in orders.cancel_question(order, persian).text
    assert orders.cancelled(order, persian).text == "سفارش ۴۰۵۲۱ لغو شد."
    assert "۴۰۵۲۱" in orders.too_late(TooLateToChange(1, 40_521), persian).text
    for verdict in Verdict:
        assert fulfilment.feedback_thanks(verdict, order, persian).rows


FACTS: dict[str, object] = {
    "number": 40_521, "deliver_on": "2026-11-23", "from_hour": 10, "until_hour": 13,
    "by": "مریم", "payable_rials": 10_000, "customer": "داروخانه", "verdict": "damaged",
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("order_picking", "سفارش ۴۰۵۲۱ در حال آماده‌سازی است."),
        ("order_loaded", "سفارش ۴۰۵۲۱ بارگیری شد. پخش: دوشنبه بین ۱۰ تا ۱۳."),
        ("order_delivered", "سفارش ۴۰۵۲۱ تحویل شد.\nهمه‌چیز درست بود؟"),
        ("order_part_delivered", "سفارش ۴۰۵۲۱ تحویل شد؛ بقیه‌اش با ارسال بعدی می‌آید.\nهمه‌چیز درست بود؟"),
        ("order_placed", "مریم سفارش ۴۰۵۲۱ را ثبت کرد: ۱٬۰۰۰ تومان.\nتحویل: دوشنبه ۲ آذر"),
        ("order_changed", "مریم سفارش ۴۰۵۲۱ را تغییر داد؛ مبلغ تازه: ۱٬۰۰۰ تومان."),
        ("order_cancelled", "مریم سفارش ۴۰۵۲۱ را لغو کرد."),
        ("order_trouble", "💥 داروخانه: بخشی از سفارش ۴۰۵۲۱ آسیب دیده است."),
    ],
)
def test_notices_read_as_the_script(persian: Language, kind: str, text: str) -> None:
    def notice(**facts: object) -> Notification:
        return Notification(
            key="-", kind=kind, to=Recipient(contact_id=1), subject_id=1, due_at=NOW, facts=FACTS | facts
        )

    assert told(notice(), persian).text == text
    without = told(notice(deliver_on=None, verdict="short"), persian)
    assert "۴۰۵۲۱" in without.text
    assert fits(without)
