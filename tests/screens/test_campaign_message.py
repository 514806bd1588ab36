"""What a campaign says to one shop (S5.6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.campaign_texts import Variable, filled, too_long_by, unknown_in, variables_in
from domain.campaigns import Campaign, CampaignButtons, CampaignKind, CampaignMessage
from domain.money import Money
from screens.callbacks.campaigns import (
    BuyFromCampaign,
    MessageButton,
    PreviewedButton,
    SeeCampaignOffer,
    StopPromotions,
)
from screens.campaign_message import campaign_message
from screens.language import Language
from tests.conftest import NOW

TEXT = (
    "دکتر عزیز، طرح پاییزه ضدآفتاب شروع شد.\n"
    "{نام_مرکز} با خرید ۱۲ عدد به بالا ۷٪ تخفیف دارد.\n"
    "قیمت شما: {قیمت_شما}"
)
CAMPAIGN = Campaign(
    id=7,
    name="ضدآفتاب پاییزه",
    kind=CampaignKind.PROMOTION,
    promotion_id=3,
    product_id=9,
    text=TEXT,
    buttons=CampaignButtons.BUY,
    quantity=12,
    photo_file_id=5,
    ends_on=date(2026, 12, 1),
    made_by=1,
    created_at=NOW,
)
MESSAGE = CampaignMessage(
    campaign=CAMPAIGN,
    recipient_id=70,
    customer_name="داروخانه دکتر رضایی",
    price=Money(3_120_000),
    visitor_name="علی محمدی",
)


def test_it_reads_as_the_script_says(persian: Language) -> None:
    screen = campaign_message(MESSAGE, persian)
    assert screen.text == (
        "دکتر عزیز، طرح پاییزه ضدآفتاب شروع شد.\n"
        "داروخانه دکتر رضایی با خرید ۱۲ عدد به بالا ۷٪ تخفیف دارد.\n"
        "قیمت شما: ۳۱۲٬۰۰۰ تومان\n"
        "تا ۱۰ آذر یا اتمام موجودی."
    )
    assert screen.labels == (("🛒 سفارش می‌دهم", "🔕 این پیام‌ها را نفرست"),)
    assert screen.taps == (BuyFromCampaign(recipient_id=70), StopPromotions(recipient_id=70))
    assert screen.photo == 5


@pytest.mark.parametrize(
    ("buttons", "labels"),
    [
        (CampaignButtons.OFFER, (("📋 دیدن طرح", "🔕 این پیام‌ها را نفرست"),)),
        (CampaignButtons.BOTH, (("🛒 سفارش می‌دهم", "📋 دیدن طرح"), ("🔕 این پیام‌ها را نفرست",))),
        (CampaignButtons.NONE, (("🔕 این پیام‌ها را نفرست",),)),
    ],
)
def test_it_can_always_be_stopped(
    buttons: CampaignButtons, labels: tuple[tuple[str, ...], ...], persian: Language
) -> None:
    campaign = replace(CAMPAIGN, buttons=buttons)
    screen = campaign_message(replace(MESSAGE, campaign=campaign), persian)
    assert screen.labels == labels
    if buttons in {CampaignButtons.OFFER, CampaignButtons.BOTH}:
        assert SeeCampaignOffer(recipient_id=70) in screen.taps


def test_the_buttons_of_a_preview_do_nothing(persian: Language) -> None:
    screen = campaign_message(replace(MESSAGE, recipient_id=None), persian)
    assert screen.taps == (
        PreviewedButton(campaign_id=7, button=MessageButton.BUY),
        PreviewedButton(campaign_id=7, button=MessageButton.STOP),
    )


def test_nobody_writes_html_or_variables_into_it(persian: Language) -> None:
    text = "<i>{نام_مرکز}"
    hostile = replace(MESSAGE, customer_name="<b>{قیمت_شما}</b>", campaign=replace(CAMPAIGN, text=text))
    said = campaign_message(hostile, persian).text
    assert "&lt;i&gt;&lt;b&gt;{قیمت_شما}&lt;/b&gt;" in said
    assert "<" not in said


def test_what_was_measured_fits_for_the_longest_name(persian: Language) -> None:
    text = "الف" * 300 + "{نام_مرکز}{ویزیتور}{قیمت_شما}"
    over = too_long_by(text, has_photo=True, has_last_line=True)
    text = text[over:]
    assert too_long_by(text, has_photo=True, has_last_line=True) == 0
    message = replace(
        MESSAGE, customer_name="ن" * 200, visitor_name="و" * 120, campaign=replace(CAMPAIGN, text=text)
    )
    assert len(campaign_message(message, persian).text) <= 1_024


def test_a_text_says_by_how_much_it_is_too_long() -> None:
    assert too_long_by("م" * 1_111, has_photo=True, has_last_line=False) == 87
    assert too_long_by("م" * 1_111, has_photo=False, has_last_line=False) == 0
    assert too_long_by("🛒" * 512, has_photo=True, has_last_line=False) == 0
    assert too_long_by("🛒" * 513, has_photo=True, has_last_line=False) == 2


def test_a_variable_is_known_as_people_type_it() -> None:
    assert variables_in("{نام مرکز} {نام‌مرکز} {price}") == {Variable.CENTRE, Variable.PRICE}
    assert unknown_in("{نام_مرکز} {تلفن} {تلفن}") == ("تلفن",)
    assert filled("{ نام_مرکز }!", {Variable.CENTRE: "{ویزیتور}"}) == "{ویزیتور}!"
