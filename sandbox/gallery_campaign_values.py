"""A campaign in the making, in several states, for the gallery."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from domain.audience_forms import Criterion
from domain.audience_ticks import flipped, ticked, with_days, with_goods
from domain.audiences import (
    AudienceCount,
    CampaignWarning,
    Exclusion,
    Outlook,
    SegmentChoices,
)
from domain.campaigns import (
    Campaign,
    CampaignButtons,
    CampaignKind,
    CampaignMessage,
    CampaignState,
    PauseReason,
    Progress,
)
from domain.customers import CustomerKind
from domain.money import of_toman
from domain.promotion_drafts import Choices, GoodsSort
from domain.segment_facts import segment_facts
from domain.segments import EVERYBODY, Node, SavedSegment, SegmentNames
from sandbox.gallery_values import NOW

TODAY = date(2026, 11, 21)
TEXT = (
    "دکتر عزیز، طرح پاییزه ضدآفتاب شروع شد.\n"
    "{نام_مرکز} با خرید ۱۲ عدد به بالا ۷٪ تخفیف دارد.\n"
    "قیمت شما: {قیمت_شما}"
)
NAMES = SegmentNames(
    products={9: "ضدآفتاب", 10: "ضدآفتاب رنگی بی‌رنگ‌کننده SPF50 پمپی ۵۰ میل"},
    categories={1: "مراقبت مو", 2: "مراقبت پوست"},
    brands={1: "آوین"},
    groups={1: "داروخانه‌های غرب"},
    routes={1: "غرب ۳", 2: "شمال ۱"},
    lists={5: "مشتریان طلایی"},
    cities=("اصفهان", "تهران", "کرج", "مشهد"),
    tags=("نمایشگاه", "VIP"),
)


def _script() -> Node:
    node = ticked(EVERYBODY, 0, Criterion.KIND, CustomerKind.PHARMACY)
    node = ticked(ticked(node, 0, Criterion.GROUP, "A"), 0, Criterion.GROUP, "B")
    node = ticked(node, 0, Criterion.CITY, "تهران")
    return with_goods(node, 0, Criterion.NOT_BOUGHT, GoodsSort.PRODUCT, 9)


def _full() -> Node:
    """Every condition says something, and two groups are joined."""
    node = with_goods(_script(), 0, Criterion.BOUGHT, GoodsSort.PRODUCT, 10)
    node = ticked(with_days(node, 0, Criterion.OVERDUE, 30), 0, Criterion.ROUTE, 1)
    node = flipped(with_days(node, 0, Criterion.LAST_ORDER, 60), 0, Criterion.LAST_ORDER)
    for by, value in ((Criterion.INTEREST, 1), (Criterion.SAVED, 5), (Criterion.TAG, "VIP")):
        node = ticked(node, 0, by, value)
    node = flipped(ticked(node, 0, Criterion.CENTRES, 1), 0, Criterion.CENTRES)
    return ticked(node, 1, Criterion.CITY, "مشهد")


DRAFT = Campaign(
    id=7,
    name="ضدآفتاب پاییزه",
    kind=CampaignKind.PROMOTION,
    promotion_id=3,
    product_id=9,
    conditions=segment_facts(_script()),
    ends_on=date(2026, 12, 1),
    made_by=1,
    created_at=NOW,
)
WHOLE = replace(DRAFT, text=TEXT, buttons=CampaignButtons.BUY, quantity=12, holdout_percent=10)
BARE = replace(DRAFT, name="", kind=CampaignKind.ANNOUNCEMENT, promotion_id=None, product_id=None)
PLANNED = replace(
    WHOLE, state=CampaignState.SCHEDULED, start_at=NOW + timedelta(hours=33, minutes=30), per_minute=60
)
FULL = replace(DRAFT, conditions=segment_facts(_full()))
LISTS = (
    SavedSegment(id=5, name="مشتریان طلایی", node=_script(), made_by=1, created_at=NOW),
    SavedSegment(id=6, name="همه داروخانه‌های تهران و کرج که سه ماه نخریده‌اند", node=EVERYBODY, made_by=1,
                 created_at=NOW),
)  # fmt: skip
CHOICES = SegmentChoices(names=NAMES, kinds=tuple(CustomerKind), lists=LISTS)
FOUND = Choices(
    products={11: "ضدآفتاب بی‌رنگ"}, categories={2: "مراقبت پوست"}, brands={1: "آوین"}, groups={}, customers={}
)
COUNTED = AudienceCount(
    matched=412,
    excluded={
        Exclusion.NOT_CONNECTED: 23,
        Exclusion.OPTED_OUT: 9,
        Exclusion.CAPPED: 14,
        Exclusion.BLOCKED: 6,
    },
    holdout=36,
)
SPARED = AudienceCount(
    matched=1_412,
    excluded=dict.fromkeys(Exclusion, 3),
    holdout=139,
)
OUTLOOK = Outlook(count=COUNTED, recipients=324, needs_second=False, available=1_440)
MANY = Outlook(
    count=SPARED, recipients=1_246, needs_second=True, available=40, warnings=tuple(CampaignWarning)
)
MESSAGE = CampaignMessage(
    campaign=WHOLE,
    recipient_id=None,
    customer_name="داروخانه دکتر رضایی",
    price=of_toman(312_000),
    visitor_name="علی محمدی",
)
STOPPED = Progress(
    campaign=replace(
        WHOLE, state=CampaignState.PAUSED, pause_reason=PauseReason.WRONG_TEXT, per_minute=60
    ),
    total=324, sent=116, failed=0, blocked=2, skipped=0, uncertain=0, left=206,
)  # fmt: skip
SOLD_OUT = replace(STOPPED, campaign=replace(STOPPED.campaign, pause_reason=PauseReason.LITTLE_STOCK))
