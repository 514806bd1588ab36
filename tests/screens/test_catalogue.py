from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.actors import Actor, Identity, Rights, Stranger
from domain.catalogue import Brand, Category, Found, Offer, Product, Shelf, Stock, Unit
from domain.customers import Contact, Customer, CustomerKind
from domain.errors import SearchForgotten
from domain.money import of_toman
from domain.notifications import Notification, Recipient
from domain.staff import Role, Staff
from screens import catalogue as screens
from screens.callbacks.basket import AddToBasket, AskQuantity, OpenBasket
from screens.callbacks.catalogue import (
    AlertMe,
    OpenBrand,
    OpenBrands,
    OpenCategories,
    OpenCategory,
    OpenFound,
    OpenFoundProduct,
    OpenProduct,
    OpenSimilar,
    OpenUsuals,
)
from screens.language import Language
from screens.notices import told
from screens.product import alert_kept, product_card
from screens.refusals import refusal
from tests.conftest import NOW

WHO = Identity(id=1, platform="telegram", user_id=1, chat_id=1, name="رضایی")
STRANGER = Actor(identity=WHO, person=Stranger())
STAFF = Actor(identity=WHO, person=Staff(id=1, name="محمدی", role=Role.VISITOR))
BUYER = Actor(
    identity=WHO,
    person=Contact(id=1, name="رضایی", mobile=None),
    customer=Customer(id=1, external_ref=None, name="داروخانه", kind=CustomerKind.PHARMACY),
    rights=Rights(may_order=True),
)
LOOKER = replace(BUYER, rights=Rights())
MANY, FEW, NONE = Stock(on_hand=1440), Stock(on_hand=6), Stock()
CATEGORIES = tuple(
    Category(id=at, name=name, emoji=emoji, product_count=count)
    for at, (name, emoji, count) in enumerate(
        [
            ("مراقبت مو", "🧴", 84),
            ("دهان و دندان", "🪥", 37),
            ("مصرفی پزشکی", "🧤", 52),
            ("ضدآفتاب", "☀️", 29),
            ("مکمل‌های غذایی و ویتامین‌ها", "💊", 1200),
            ("عطر", "", 3),
        ],
        1,
    )
)


def an_offer(name: str, toman: int | None, stock: Stock = MANY, number: int = 7, **more: Any) -> Offer:
    product = Product(id=number, code="1024", name=name, short_name=name, label=name, category_id=1, **more)
    return Offer(
        product=product, price=None if toman is None else of_toman(toman), stock=stock, price_list="پایه"
    )


SHAMPOO = an_offer("شامپو ضدشوره آوین ۲۵۰ میل", 148_000, carton=24, photo_id=3)
FOUR = (
    SHAMPOO,
    an_offer("شامپو ضدریزش آوین ۲۵۰ میل", 156_000),
    an_offer("ماسک موی سپیدار ۳۰۰ میل", 210_000, FEW),
    an_offer("سرم مو نگاره ۱۰۰ میل", 235_000, NONE),
)
HAIR = Shelf(offers=FOUR, total=84, category="مراقبت مو")


def test_browsing_begins_with_search_usuals_and_the_first_four_categories(persian: Language) -> None:
    screen = screens.front(CATEGORIES, BUYER, persian)
    assert screen.text == "از کجا شروع کنیم؟"
    assert screen.labels == (
        ("🔎 جستجو", "⭐️ اقلام همیشگی من", "🎁 طرح‌دارها"),
        ("🧴 مراقبت مو (۸۴)", "🪥 دهان و دندان (۳۷)"),
        ("🧤 مصرفی پزشکی (۵۲)", "☀️ ضدآفتاب (۲۹)"),
        ("🗂 بقیه دسته‌ها",),
        ("🏠 خانه",),
    )
    assert OpenCategory(category_id=1, page=1) in screen.taps
    assert OpenCategories(page=1) in screen.taps


def test_a_stranger_has_no_usual_items_and_four_categories_need_no_more(persian: Language) -> None:
    screen = screens.front(CATEGORIES[:4], STRANGER, persian)
    assert OpenUsuals(page=1) not in screen.taps
    assert OpenCategories(page=1) not in screen.taps


def test_whoever_has_begun_an_order_finds_the_basket_at_the_front(persian: Language) -> None:
    assert screens.front(CATEGORIES, BUYER, persian, basket=3).labels[-1] == ("🛒 سبد (۳)", "🏠 خانه")
    assert screens.front(CATEGORIES, BUYER, persian, basket=0).labels[-1] == ("🏠 خانه",)


def test_without_categories_nothing_is_sold_yet(persian: Language) -> None:
    assert screens.front((), BUYER, persian).labels == (("🏠 خانه",),)


def test_other_categories_are_those_after_the_first_four(persian: Language) -> None:
    screen = screens.other_categories(CATEGORIES, 9, persian)
    assert screen.text == "بقیه دسته‌ها"
    assert screen.labels == (("💊 مکمل‌های غذایی… (۱۲۰۰)", "عطر (۳)"), ("⬅️ بازگشت", "🏠 خانه"))
    assert all(len(label) <= 24 for row in screen.labels for label in row)


def test_a_shelf_reads_as_in_the_script(persian: Language) -> None:
    screen = screens.category_page(HAIR, 1, BUYER, 0, persian)
    assert screen.text == (
        "مراقبت مو — صفحه ۱ از ۲۱\n"
        "۱. شامپو ضدشوره آوین ۲۵۰ میل — ۱۴۸٬۰۰۰ ✅\n"
        "۲. شامپو ضدریزش آوین ۲۵۰ میل — ۱۵۶٬۰۰۰ ✅\n"
        "۳. ماسک موی سپیدار ۳۰۰ میل — ۲۱۰٬۰۰۰ 🟡 کم\n"
        "۴. سرم مو نگاره ۱۰۰ میل — ناموجود"
    )
    assert screen.labels == (
        ("۱", "۲", "۳", "۴"),
        ("◀️ بعدی", "🔎 جستجو", "🛒 سبد (۰)"),
        ("🏷 بر اساس برند", "⬅️ بازگشت"),
    )
    for tap in (OpenProduct(product_id=7), OpenBasket(), OpenBrands(category_id=1, page=1)):
        assert tap in screen.taps


def test_in_the_middle_one_can_turn_both_ways(persian: Language) -> None:
    screen = screens.category_page(replace(HAIR, page=2), 1, BUYER, 3, persian)
    assert screen.labels[1:3] == (("▶️ قبلی", "◀️ بعدی"), ("🔎 جستجو", "🛒 سبد (۳)"))
    assert screen.taps[4:6] == (OpenCategory(category_id=1, page=1), OpenCategory(category_id=1, page=3))
    last = screens.category_page(replace(HAIR, page=21), 1, BUYER, 3, persian)
    assert last.labels[1] == ("▶️ قبلی", "🔎 جستجو", "🛒 سبد (۳)")


def test_a_stranger_sees_products_without_prices_and_no_basket(persian: Language) -> None:
    offers = tuple(replace(offer, price=None) for offer in FOUR)
    screen = screens.category_page(replace(HAIR, offers=offers, total=4), 1, STRANGER, None, persian)
    assert screen.text == (
        "مراقبت مو\n"
        "۱. شامپو ضدشوره آوین ۲۵۰ میل — ✅\n"
        "۲. شامپو ضدریزش آوین ۲۵۰ میل — ✅\n"
        "۳. ماسک موی سپیدار ۳۰۰ میل — 🟡 کم\n"
        "۴. سرم مو نگاره ۱۰۰ میل — ناموجود"
    )
    assert OpenBasket() not in screen.taps


def test_staff_see_how_many_there_are(persian: Language) -> None:
    lines = screens.category_page(HAIR, 1, STAFF, None, persian).text.split("\n")
    assert lines[1] == "۱. شامپو ضدشوره آوین ۲۵۰ میل — ۱۴۸٬۰۰۰ · ۱۴۴۰ عدد ✅"
    assert lines[4] == "۴. سرم مو نگاره ۱۰۰ میل — ۲۳۵٬۰۰۰ · ۰ عدد ناموجود"


def test_brands_and_the_shelf_of_one(persian: Language) -> None:
    screen = screens.brands(1, "مراقبت مو", [Brand(id=5, name="آوین", product_count=9)], 1, persian)
    assert (screen.text, screen.labels[0]) == ("برندهای مراقبت مو", ("آوین (۹)",))
    assert screen.taps[0] == OpenBrand(category_id=1, brand_id=5, page=1)
    shelf = screens.brand_page(replace(HAIR, brand="آوین", total=9), 1, 5, BUYER, 0, persian)
    assert shelf.text.startswith("مراقبت مو، آوین — صفحه ۱ از ۳\n")
    assert OpenBrand(category_id=1, brand_id=5, page=2) in shelf.taps


def test_many_brands_turn_pages(persian: Language) -> None:
    many = [Brand(id=at, name=f"برند {at}", product_count=1) for at in range(1, 26)]
    screen = screens.brands(1, "مراقبت مو", many, 3, persian)
    assert screen.text == "برندهای مراقبت مو — صفحه ۳ از ۳"
    assert len(screen.labels) == 5
    assert OpenBrands(category_id=1, page=2) in screen.taps


def test_a_product_reads_as_in_the_script(persian: Language) -> None:
    screen = product_card(Shelf(offers=(SHAMPOO,), total=1, page=3), BUYER, persian)
    assert screen.text == (
        "شامپو ضدشوره آوین ۲۵۰ میل\n"
        "کد ۱۰۲۴ · کارتن ۲۴ عددی\n"
        "قیمت شما: ۱۴۸٬۰۰۰ تومان\n"
        "موجودی: ✅ موجود\n"
        "چند عدد؟"
    )
    assert screen.labels == (
        ("۶", "۱۲"),
        ("۱ کارتن = ۲۴", "۲ کارتن = ۴۸"),
        ("✍️ عدد دیگر", "⬅️ بازگشت"),
    )
    assert screen.photo == 3
    assert AddToBasket(product_id=7, quantity=24) in screen.taps
    assert screen.taps[-2:] == (AskQuantity(product_id=7), OpenCategory(category_id=1, page=3))


def card(offer: Offer, actor: Actor, persian: Language) -> tuple[list[str], tuple[tuple[str, ...], ...]]:
    screen = product_card(Shelf(offers=(offer,), total=1), actor, persian)
    return screen.text.split("\n"), screen.labels


def test_packs_are_counted_in_packs_and_what_is_not_packed_has_no_carton(persian: Language) -> None:
    gloves = an_offer("دستکش لاتکس", 265_000, unit=Unit.PACK, carton=10)
    lines, labels = card(gloves, BUYER, persian)
    assert (lines[1], lines[-1]) == ("کد ۱۰۲۴ · کارتن ۱۰ بسته‌ای", "چند بسته؟")
    assert labels[:2] == (("۲", "۵"), ("۱ کارتن = ۱۰", "۲ کارتن = ۲۰"))
    single = an_offer("سرم", 265_000, unit=Unit.BOTTLE)
    assert card(single, BUYER, persian)[0][1] == "کد ۱۰۲۴"


@pytest.mark.parametrize(
    ("unit", "carton", "question"),
    [
        (Unit.PIECE, "۷ عددی", "چند عدد؟"),
        (Unit.BOTTLE, "۷ بطری‌ای", "چند بطری؟"),
        (Unit.TUBE, "۷ تیوبی", "چند تیوب؟"),
    ],
)
def test_each_unit_has_its_words(unit: Unit, carton: str, question: str, persian: Language) -> None:
    lines, labels = card(an_offer("کالا", 1_000, unit=unit, carton=7), BUYER, persian)
    assert (lines[1], lines[-1]) == (f"کد ۱۰۲۴ · کارتن {carton}", question)
    assert [len(row) for row in labels[:2]] == [2, 2]


def test_a_product_that_is_out_offers_an_alert_and_others(persian: Language) -> None:
    offer = an_offer("سرم", 235_000, NONE, minimum=6)
    lines, labels = card(offer, BUYER, persian)
    assert lines[3:] == ["موجودی: ناموجود", "حداقل سفارش: ۶"]
    assert labels == (("🔔 خبرم کن", "🔁 کالای مشابه"), ("⬅️ بازگشت",))
    screen = product_card(Shelf(offers=(offer,), total=1), BUYER, persian)
    assert screen.taps[:2] == (AlertMe(product_id=7, quantity=6), OpenSimilar(product_id=7, page=1))
    assert card(offer, STRANGER, persian)[1][0] == ("🔁 کالای مشابه",)


def test_a_stranger_is_told_how_to_see_prices_and_cannot_order(persian: Language) -> None:
    lines, labels = card(replace(SHAMPOO, price=None), STRANGER, persian)
    assert "۱۴۸" not in "".join(lines)
    assert "/start" in lines[2]
    assert labels == (("⬅️ بازگشت", "🏠 خانه"),)


def test_whoever_may_not_order_only_looks(persian: Language) -> None:
    lines, labels = card(SHAMPOO, LOOKER, persian)
    assert lines[-2:] == ["موجودی: ✅ موجود", "ثبت سفارش برای شماره شما فعال نیست."]
    assert labels == (("⬅️ بازگشت", "🏠 خانه"),)


def test_without_a_price_nothing_can_be_ordered(persian: Language) -> None:
    lines, labels = card(an_offer("نو", None), BUYER, persian)
    assert lines[2] == "قیمت شما: هنوز تعیین نشده"
    assert labels == (("⬅️ بازگشت", "🏠 خانه"),)


def test_staff_see_the_price_list_and_the_numbers_behind_the_stock(persian: Language) -> None:
    stock = Stock(on_hand=1000, reserved=15, safety=5)
    lines, labels = card(replace(SHAMPOO, stock=stock), STAFF, persian)
    assert lines[2:] == [
        "قیمت: ۱۴۸٬۰۰۰ تومان (فهرست: پایه)",
        "موجودی: ۹۸۰ (انبار ۱۰۰۰، رزرو ۱۵، ذخیره احتیاطی ۵)",
    ]
    assert labels == (("⬅️ بازگشت", "🏠 خانه"),)


def test_few_left_is_said_without_the_number(persian: Language) -> None:
    lines, labels = card(replace(SHAMPOO, stock=FEW), BUYER, persian)
    assert lines[3] == "موجودی: 🟡 کم"
    assert labels[:2] == (("۶", "۱۲"), ("۱ کارتن = ۲۴", "۲ کارتن = ۴۸"))


def test_a_minimum_in_steps_is_said(persian: Language) -> None:
    lines, _labels = card(an_offer("کالا", 1_000, minimum=12, multiple=6), BUYER, persian)
    assert lines[-2] == "حداقل سفارش: ۱۲، به ضریب ۶"


def test_results_name_what_was_sought_and_keep_it_harmless(persian: Language) -> None:
    found = Found(text="<b>شامپو</b>", shelf=Shelf(offers=FOUR, total=6, page=2), search_id=5)
    screen = screens.results(found, BUYER, 1, persian)
    assert "<b>" not in screen.text
    assert "صفحه ۲ از ۲" in screen.text
    assert OpenFound(search_id=5, page=1) in screen.taps
    assert screen.taps[0] == OpenFoundProduct(search_id=5, product_id=7, page=2)
    assert len(screens.results(replace(found, text="آ" * 4000), BUYER, 1, persian).text) < 500


def test_a_product_leads_back_to_where_the_person_came_from(persian: Language) -> None:
    shelf, results = Shelf(offers=(SHAMPOO,), total=1, page=3), OpenFound(search_id=5, page=2)
    for offer in (SHAMPOO, replace(SHAMPOO, stock=NONE), replace(SHAMPOO, price=None)):
        found = product_card(replace(shelf, offers=(offer,)), BUYER, persian, results)
        usual = product_card(replace(shelf, offers=(offer,)), BUYER, persian)
        assert results in found.taps
        assert [tap for tap in found.taps if tap != results] == [
            tap for tap in usual.taps if not isinstance(tap, OpenCategory)
        ]


def test_the_button_of_a_found_product_fits_with_the_longest_ids() -> None:
    most = 2**63 - 1
    tap = OpenFoundProduct(search_id=most, product_id=most, page=99_999)
    assert len(tap.pack().encode()) <= 64


def test_nothing_found_offers_what_is_near(persian: Language) -> None:
    screen = screens.nothing_found("کرم فلان ۵۰", FOUR[:2], persian)
    assert screen.text == "«کرم فلان ۵۰» را پیدا نکردم. شاید یکی از این‌ها:"
    assert screen.labels[0] == ("شامپو ضدشوره آوین ۲۵۰ میل",)
    assert screens.nothing_found("کرم", (), persian).text.startswith("«کرم» را پیدا نکردم. لطفاً")


def test_similar_says_so_when_there_is_nothing(persian: Language) -> None:
    empty = Shelf(offers=(), total=0)
    assert "مشابه «سرم»" in screens.similar(an_offer("سرم", 1), empty, BUYER, 0, persian).text
    full = screens.similar(an_offer("سرم", 1), replace(HAIR, total=5), BUYER, 0, persian)
    assert full.text.startswith("به‌جای «سرم» — صفحه ۱ از ۲\n")
    assert OpenSimilar(product_id=7, page=2) in full.taps


def test_a_search_that_was_forgotten_is_asked_again(persian: Language) -> None:
    assert screens.forgotten_search(persian).labels == (("🔎 جستجو", "🏠 خانه"),)
    assert refusal(SearchForgotten(), persian) == screens.forgotten_search(persian)
    assert screens.search_question(persian).labels == (("⬅️ بازگشت", "🏠 خانه"),)


def test_an_alert_is_promised_and_kept(persian: Language) -> None:
    assert (
        alert_kept(SHAMPOO, persian).text == "هر وقت «شامپو ضدشوره آوین ۲۵۰ میل» موجود شد، همین‌جا خبر می‌دهیم."
    )
    notice = Notification(
        key="stock_alert:1",
        kind="stock_alert",
        to=Recipient(contact_id=1),
        subject_id=7,
        due_at=NOW,
        facts={"label": "سرم"},
    )
    screen = told(notice, persian)
    assert screen.text == "🔔 «سرم» موجود شد."
    assert screen.taps[0] == OpenProduct(product_id=7)
