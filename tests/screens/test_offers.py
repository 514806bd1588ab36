"""What a customer reads of promotions (PRC-02), word for word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.deals import Deal
from domain.money import Money, Rate
from domain.pricing import NextStep, Quote
from domain.promotion_rules import (
    Bonus,
    BonusGoods,
    BonusMode,
    LinePercent,
    Measure,
    MixPercent,
    OrderTier,
    Over,
    PromotionKind,
    PromotionStep,
    Rule,
    Scope,
    Tier,
    TierMode,
)
from sandbox.gallery_promotions import DEALS, NAMES, ORDER, TIERS, a_deal
from sandbox.gallery_values import BUYER, SHAMPOO, one
from screens import offers
from screens.callbacks.promotions import OpenDeal, OpenDealProduct
from screens.language import Language
from screens.order_lines import hints
from screens.product import product_card
from screens.promotion_words import gives

AMOUNTS = (PromotionStep(at=100_000_000, rate=Rate(200)), PromotionStep(at=500_000_000, rate=Rate(350)))
LADDER = (PromotionStep(at=10, free=1), PromotionStep(at=24, free=3))
RULES: tuple[tuple[Rule, str], ...] = (
    (TIERS.promotion.rule, "۱۲ عدد ۳٪، ۲۴ عدد ۵٪، ۴۸ عدد ۸٪"),
    (
        Tier(steps=AMOUNTS, measure=Measure.AMOUNT, mode=TierMode.INCREMENTAL, over=Over.GROUP),
        "از ۱۰٬۰۰۰٬۰۰۰ تومان ۲٪، از ۵۰٬۰۰۰٬۰۰۰ تومان ۳٫۵٪ (همه کالاها روی هم، هر پله جدا)",
    ),
    (OrderTier(steps=AMOUNTS[:1]), "از ۱۰٬۰۰۰٬۰۰۰ تومان ۲٪"),
    (LinePercent(rate=Rate(500)), "۵٪ تخفیف"),
    (
        MixPercent(rate=Rate(300), least_units=10, other=Scope(), least_other_units=5),
        "۱۰ عدد از این کالاها با ۵ عدد از کالاهای همراه: ۳٪",
    ),
    (Bonus(steps=LADDER, mode=BonusMode.LADDER), "۱۰ + ۱، ۲۴ + ۳"),
    (
        Bonus(steps=LADDER[:1], mode=BonusMode.ONCE, goods=BonusGoods.OTHER, product_ids=(3,)),
        "۱۰ + ۱ (یک بار، جایزه: مسواک سپیدتن)",
    ),
    (
        Bonus(steps=LADDER[1:], over=Over.GROUP, goods=BonusGoods.CHEAPEST),
        "۲۴ + ۳ (همه کالاها روی هم، ارزان‌ترین رایگان)",
    ),
    (Bonus(steps=LADDER[1:], goods=BonusGoods.CHOOSE), "۲۴ + ۳ (جایزه به انتخاب شما)"),
)


@pytest.mark.parametrize(("rule", "said"), RULES)
def test_a_rule_is_said_in_one_line(rule: Rule, said: str, persian: Language) -> None:
    deal = Deal(promotion=replace(TIERS.promotion, rule=rule), names=NAMES)
    assert gives(deal, persian) == said


def test_the_offers_say_what_until_when_and_how_much_is_left(persian: Language) -> None:
    screen = offers.deals(DEALS, 1, persian)
    assert screen.text == (
        "🎁 پیشنهادهای شما (۵)\n"
        "۱. پلکانی\n   ۱۲ عدد ۳٪، ۲۴ عدد ۵٪، ۴۸ عدد ۸٪ — شامپو ضدشوره آوین ۲۵۰\n   تا ۳۰ آذر ۱۴۰۵\n"
        "۲. ۱۰+۱ — خمیردندان سپیدتن ۱۰۰\n   تا ۳۰ آذر ۱۴۰۵\n"
        "۳. مسواک هدیه\n   ۲۴ + ۲ (جایزه: مسواک سپیدتن) — خمیردندان سپیدتن ۱۰۰\n"
        "   تا ۳۰ آذر ۱۴۰۵ · باقی‌مانده برای شما: ۶ عدد رایگان\n"
        "۴. سبد آوین\n   ۲ قلم و ۱۰٬۰۰۰٬۰۰۰ تومان: ۴٪ — آوین\n"
        "   تا ۳۰ آذر ۱۴۰۵ · باقی‌مانده برای شما: ۲٬۰۰۰٬۰۰۰ تومان\n"
        "۵. خرید بزرگ\n   از ۱۰٬۰۰۰٬۰۰۰ تومان ۲٪ — همه کالاها\n"
        "   بدون تاریخ پایان · باقی‌مانده برای شما: ۲ سفارش"
    )
    assert screen.taps[0] == OpenDeal(promotion_id=1, page=1)


def test_many_offers_turn_pages_and_keep_their_numbers(persian: Language) -> None:
    several = [replace(TIERS, promotion=replace(TIERS.promotion, id=each)) for each in range(1, 9)]
    screen = offers.deals(several, 2, persian)
    assert screen.text.startswith("🎁 پیشنهادهای شما (۸) — صفحه ۲ از ۲\n۷. پلکانی")
    assert screen.labels[0] == ("۷", "۸")


def test_one_offer_shows_its_goods_and_leads_to_them(persian: Language) -> None:
    screen = offers.deal(TIERS, one(SHAMPOO), BUYER, 0, persian)
    assert screen.text.startswith(
        "🎁 پلکانی\n۱۲ عدد ۳٪، ۲۴ عدد ۵٪، ۴۸ عدد ۸٪\nتا ۳۰ آذر ۱۴۰۵\nکالاهای این طرح\n۱. "
    )
    tap = OpenDealProduct(promotion_id=1, product_id=SHAMPOO.product.id, page=1)
    assert tap in screen.taps
    assert "هر چه سفارش بدهید" in offers.deal(ORDER, None, BUYER, 0, persian).text


def test_the_page_of_a_product_names_its_promotion_as_the_script(persian: Language) -> None:
    text = product_card(one(SHAMPOO), BUYER, persian, deals=(TIERS,)).text
    assert "\n🎁 پلکانی: ۱۲ عدد به بالا ۳٪ · ۲۴ به بالا ۵٪ · ۴۸ به بالا ۸٪\nچند عدد؟" in text


def test_a_long_scope_is_cut(persian: Language) -> None:
    names = replace(NAMES, products={each: f"کالای {each}" for each in range(1, 8)})
    deal = a_deal(1, "طرح", LinePercent(rate=Rate(100)), Scope(product_ids=frozenset(range(1, 8))))
    screen = offers.deals((replace(deal, names=names),), 1, persian)
    assert "کالای ۱، کالای ۲، کالای ۳، کالای ۴ و ۳ مورد دیگر" in persian.digits(screen.text)


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "💡 با ۱ قلم دیگر از کالاهای «سبد آوین»، ۴٪ تخفیف می‌گیرید."),
        (
            12_000_000,
            "💡 با ۱ قلم دیگر و ۱٬۲۰۰٬۰۰۰ تومان خرید بیشتر از کالاهای «سبد آوین»، ۴٪ تخفیف می‌گیرید.",
        ),
    ],
)
def test_a_basket_that_lacks_goods_says_how_many(amount: int, said: str, persian: Language) -> None:
    step = NextStep(
        promotion_id=4,
        name="سبد آوین",
        kind=PromotionKind.BASKET,
        product_ids=(1,),
        amount=Money(amount),
        products=1,
        rate=Rate(400),
    )
    assert hints(Quote(next_steps=(step,)), (), persian) == [said]
