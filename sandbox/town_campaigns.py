"""What the town's manager has begun: two drafts, two lists of customers, and tags on some of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from domain.calendar import TEHRAN
from domain.campaigns import CampaignButtons, CampaignKind, CampaignState
from domain.customers import CustomerKind
from domain.segment_facts import segment_facts
from domain.segments import AllOf, CityIn, KindIn, LastOrder, Node, SegmentIn, TagIn
from sandbox.town_demo import Model
from sandbox.town_promotions import TOOTHPASTE
from sandbox.town_rows import Rows

TAGS = ("قفسه ویژه", "مشتری قدیمی", "نمونه‌گیر")
IN_TEHRAN = AllOf(
    (
        KindIn(frozenset({CustomerKind.PHARMACY})),
        SegmentIn(frozenset("AB")),
        CityIn(frozenset({"تهران"})),
    )
)
SILENT = LastOrder(45)
TOOTHPASTE_TEXT = "همکار عزیز، خمیردندان سپیدتن: با هر ۱۰ عدد، یکی هدیه. {نام_مرکز}، قیمت شما: {قیمت_شما}"
NEWS_TEXT = "{نام_مرکز} عزیز، از این هفته سفارش‌های تا ساعت ۱۷ همان فردا ارسال می‌شود. {ویزیتور} در خدمت شماست."


def campaign_rows(
    customers: int, without: Collection[int], day: date, manager_id: int, goods: Sequence[Model]
) -> dict[str, Rows]:
    toothpaste_id = next(number for number, model in enumerate(goods, start=1) if model.label == TOOTHPASTE)
    made_at = datetime.combine(day - timedelta(days=3), time(10), TEHRAN).astimezone(UTC)
    lists: tuple[tuple[str, Node], ...] = (
        ("داروخانه‌های A و B تهران", IN_TEHRAN),
        ("بی‌سفارش در ۴۵ روز", SILENT),
    )
    about_toothpaste = {
        "kind": CampaignKind.PROMOTION.value,
        "promotion_id": 2,
        "product_id": toothpaste_id,
        "text": TOOTHPASTE_TEXT,
        "buttons": CampaignButtons.BOTH.value,
        "quantity": 10,
        "conditions": segment_facts(KindIn(frozenset({CustomerKind.PHARMACY}))),
    }
    news = {
        "kind": CampaignKind.ANNOUNCEMENT.value,
        "promotion_id": None,
        "product_id": None,
        "text": NEWS_TEXT,
        "buttons": CampaignButtons.NONE.value,
        "quantity": None,
        "conditions": segment_facts(TagIn(frozenset({TAGS[1]}))),
    }
    return {
        "segments": [
            {
                "name": name,
                "conditions": segment_facts(node),
                "made_by": manager_id,
                "created_at": made_at,
            }
            for name, node in lists
        ],
        "campaigns": [
            _draft("خمیردندان ۱۰+۱", about_toothpaste, manager_id, made_at),
            _draft("ارسال فردا", news, manager_id, made_at + timedelta(hours=1)),
        ],
        "customer_tags": [
            {"customer_id": customer_id, "tag": tag}
            for customer_id in range(1, customers + 1)
            if customer_id not in without
            for place, tag in enumerate(TAGS, start=3)
            if customer_id % place == 1
        ],
    }


def _draft(name: str, parts: dict[str, Any], manager_id: int, made_at: datetime) -> dict[str, Any]:
    return {
        "name": name,
        "state": CampaignState.DRAFT.value,
        "counts": {},
        "made_by": manager_id,
        "created_at": made_at,
        **parts,
    }
