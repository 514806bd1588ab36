"""What a basket says of promotions, terms and bonus goods, word for word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.basket import Basket, line_of
from domain.checkout import cart_of, gifts
from domain.gifts import Gift, OpenBonus
from domain.money import Rate, of_toman
from domain.orders import OrderLine
from domain.pricing import Quote
from domain.promotion_rules import Bonus, BonusGoods, OrderTier, PromotionStep, Tier, TierMode
from domain.promotions import Promotion
from domain.quoting import quote
from domain.terms import TermKind, made
from sandbox.gallery_checkout import CHOICE, OPEN, OWN, QUOTED, SHORT
from sandbox.gallery_values import DRAFT, GLOVES, SHAMPOO, TOOTHPASTE
from screens import basket, bonus, checkout
from screens import terms as term_screens
from screens.callbacks.basket import PickBonus, SetTerm, SettleBonus, UnpickBonus
from screens.language import Language
from screens.order_lines import hints, other_gifts, writer
from screens.terms import term_words
from tests.builders.pricing import ANYONE, SHAMPOO_STEPS, TEN_AND_ONE, TODAY, a_promotion, free, on

ISOLATES = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def quoted(lines: tuple[OrderLine, ...], *promotions: Promotion) -> Quote:
    named = [replace(each, name="پلکانی") for each in promotions]
    return quote(cart_of(lines), ANYONE, named, TODAY)


def test_s1_15_names_what_is_taken_off_and_what_a_little_more_would_bring(persian: Language) -> None:
    text = basket.basket(QUOTED, persian).text.translate(ISOLATES)
    assert text == (
        "🛒 سبد شما\n"
        "۱. شامپو ضدشوره آوین ۲۵۰ — ۲۴ عدد\n"
        "   ۳٬۵۵۲٬۰۰۰ − ۱۷۷٬۶۰۰ (پلکانی ۵٪) = ۳٬۳۷۴٬۴۰۰\n"
        "۲. خمیردندان سپیدتن ۱۰۰ — ۴۰ عدد = ۳٬۸۴۰٬۰۰۰\n"
        "   🎁 جایزه: ۴ عدد رایگان\n"
        "۳. دستکش لاتکس M — ۱۰ بسته = ۲٬۶۵۰٬۰۰۰\n"
        "جمع: ۹٬۸۶۴٬۴۰۰ تومان\n"
        "مالیات ارزش افزوده: ۷۲۱٬۴۴۰\n"
        "قابل پرداخت: ۱۰٬۵۸۵٬۸۴۰ تومان\n"
        "💡 با ۲۴ عدد شامپوی بیشتر، تخفیف پلکانی ۸٪ می‌شود."
    )


def test_the_cliff_of_the_rules_is_said_as_the_rules_say_it(persian: Language) -> None:
    """R5.2: 47 units at 120,000 toman."""
    lines = (line_of(replace(SHAMPOO, price=of_toman(120_000)), 47),)
    found = quoted(lines, a_promotion(1, Tier(steps=SHAMPOO_STEPS)))
    assert hints(found, lines, persian) == ["💡 ۱ عدد بیشتر بگیرید، ۵۸٬۸۰۰ تومان کمتر می‌پردازید."]
    both = (*lines, line_of(GLOVES, 1))
    found = quoted(both, a_promotion(1, Tier(steps=SHAMPOO_STEPS), on(SHAMPOO.product.id)))
    assert hints(found, both, persian) == ["💡 ۱ عدد شامپوی بیشتر بگیرید، ۵۸٬۸۰۰ تومان کمتر می‌پردازید."]


def test_a_bonus_is_hinted_at_when_it_is_near(persian: Language) -> None:
    promotion = a_promotion(1, Bonus(steps=TEN_AND_ONE))
    for quantity, said in (
        (37, ["💡 با ۳ عدد خمیردندان بیشتر، جایزه ۴ عدد می‌شود."]),
        (40, []),
        (5, ["💡 با ۵ عدد خمیردندان بیشتر، جایزه ۱ عدد می‌شود."]),
    ):
        lines = (line_of(TOOTHPASTE, quantity),)
        assert hints(quoted(lines, promotion), lines, persian) == said


def test_steps_of_money_of_slices_and_of_several_goods_have_their_words(persian: Language) -> None:
    lines = (line_of(SHAMPOO, 1), line_of(TOOTHPASTE, 1))
    order = a_promotion(1, OrderTier(steps=(PromotionStep(at=5_000_000, rate=Rate(200)),)))
    (hint,) = hints(quoted(lines, order), lines, persian)
    assert hint == "💡 با ۲۵۶٬۰۰۰ تومان خرید بیشتر، تخفیف پلکانی ۲٪ می‌شود."
    slices = a_promotion(1, Tier(steps=SHAMPOO_STEPS, mode=TierMode.INCREMENTAL), on(SHAMPOO.product.id))
    (hint,) = hints(quoted(lines, slices), lines, persian)
    assert hint.startswith("💡 با ۱۱ عدد شامپوی بیشتر، تخفیف")


def test_bonus_goods_of_other_products_are_named(persian: Language) -> None:
    lines = (line_of(GLOVES, 20),)
    other = Bonus(steps=TEN_AND_ONE, goods=BonusGoods.OTHER, product_ids=(TOOTHPASTE.product.id,))
    chosen = Bonus(steps=free((10, 1)), goods=BonusGoods.CHOOSE, product_ids=(SHAMPOO.product.id,))
    found = quoted(lines, a_promotion(1, other), a_promotion(2, chosen))
    named = gifts(found, DRAFT, {TOOTHPASTE.product.id: TOOTHPASTE})
    assert other_gifts(named, lines, persian) == [
        "🎁 جایزه: ۲ عدد خمیردندان سپیدتن رایگان",
        "🎁 جایزه (پلکانی): ۲ عدد به انتخاب شما",
    ]


def test_a_bonus_that_comes_later_says_so(persian: Language) -> None:
    line = line_of(TOOTHPASTE, 40)
    gift = Gift(promotion_id=1, name="", product_id=line.product_id, label="", quantity=4, later=3)
    assert writer((gift,))(1, line, persian).endswith("   🎁 جایزه: ۴ عدد رایگان (۳ عدد با ارسال بعدی)")


@pytest.mark.parametrize(
    ("kind", "days", "said"),
    [
        (TermKind.CASH_PRE, 0, "نقد"),
        (TermKind.COD, 0, "نقد هنگام تحویل"),
        (TermKind.CHEQUE, 45, "چک ۴۵ روزه"),
        (TermKind.CHEQUE, 0, "چک روز"),
        (TermKind.ACCOUNT, 21, "حساب باز ۲۱ روزه"),
        (TermKind.CONSIGNMENT, 30, "امانی ۳۰ روزه"),
    ],
)
def test_terms_have_their_words(persian: Language, kind: TermKind, days: int, said: str) -> None:
    assert term_words(made(kind, days), persian) == said


def test_a_part_in_cash_has_its_words(persian: Language) -> None:
    cheque = made(TermKind.CHEQUE, 45)
    mixed = made(TermKind.MIXED, 45, cash=Rate(4_000), rest=TermKind.CHEQUE)
    down = of_toman(12_000_000)
    assert term_words(cheque.with_down(down), persian) == "۱۲٬۰۰۰٬۰۰۰ تومان نقد + چک ۴۵ روزه"
    assert term_words(mixed.with_down(down), persian) == "۴۰٪ و ۱۲٬۰۰۰٬۰۰۰ تومان نقد + چک ۴۵ روزه"


def test_s1_16_offers_each_term_with_its_total(persian: Language) -> None:
    screen = checkout.term_choice(CHOICE, persian)
    assert screen.text == "چطور تسویه می‌کنید؟"
    assert screen.labels[:4] == (
        ("💵 نقد (۴٪ تخفیف): ۱۰٬۱۶۲٬۴۰۶",),
        ("📝 چک ۴۵ روزه: ۱۰٬۵۸۵٬۸۴۰",),
        ("📒 حساب باز ۲۱ روزه: ۱۰٬۵۸۵٬۸۴۰",),
        ("🔀 ترکیبی",),
    )
    assert screen.rows[1][0].tap == SetTerm(term_id=2)


def test_a_short_bonus_has_three_ways_out(persian: Language) -> None:
    screen = bonus.short_bonus(SHORT, persian)
    assert screen.labels[:3] == (
        ("جایزه را بعداً بفرستید",),
        ("کالای مشابه: ماسک موی سپیدار",),
        ("بدون جایزه",),
    )
    assert all(isinstance(row[0].tap, SettleBonus) for row in screen.rows[:3])
    assert len(bonus.short_bonus(replace(SHORT, substitute=None), persian).rows) == 3


def test_units_to_choose_are_chosen_one_by_one_or_all_at_once(persian: Language) -> None:
    screen = bonus.open_bonus(OPEN, persian)
    assert screen.text == "🎁 هدیه به انتخاب شما: ۳ عدد رایگان انتخاب کنید."
    assert screen.labels[0] == ("۱ شامپو آوین ۲۵۰", "هر ۳ عدد")
    assert all(isinstance(button.tap, PickBonus) for row in screen.rows[:3] for button in row)
    begun: OpenBonus = replace(OPEN, units=1, chosen=(("ماسک", 2),))
    again = bonus.open_bonus(begun, persian)
    assert again.text == "🎁 هدیه به انتخاب شما\n✔️ ماسک: ۲\n۱ عدد دیگر مانده است."
    assert isinstance(again.rows[-2][0].tap, UnpickBonus)


def test_only_who_may_change_terms_has_the_buttons(persian: Language) -> None:
    assert len(term_screens.terms(OWN, True, persian).rows) == 7
    assert len(term_screens.terms(OWN, False, persian).rows) == 1


def test_a_basket_without_a_quote_still_adds_up(persian: Language) -> None:
    shown = Basket(draft=replace(DRAFT, lines=DRAFT.lines[:1]))
    assert "قابل پرداخت: ۳٬۹۰۷٬۲۰۰ تومان" in basket.basket(shown, persian).text
