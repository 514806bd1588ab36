"""Examples of building a campaign: what, for whom, the words, the preview, and when (S5.1 to S5.7, S5.9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

from domain.audience_forms import Criterion
from domain.audiences import (
    AudienceCount,
    CampaignTally,
)
from domain.campaigns import (
    CampaignButtons,
)
from domain.segments import SegmentNames
from sandbox.gallery_campaign_values import (
    BARE,
    CHOICES,
    COUNTED,
    DRAFT,
    FOUND,
    FULL,
    LISTS,
    MANY,
    MESSAGE,
    NAMES,
    OUTLOOK,
    PLANNED,
    SOLD_OUT,
    SPARED,
    STOPPED,
    TODAY,
    WHOLE,
)
from sandbox.gallery_promotions import BASKET, BONUS, TIERS
from sandbox.gallery_types import Example
from sandbox.gallery_values import NOW, SHAMPOO
from screens import campaign_audience as audience
from screens import campaign_count as counting
from screens import campaign_criteria as criteria
from screens import campaign_message, campaigns
from screens import campaign_parts as parts
from screens import campaign_pause as pausing
from screens import campaign_preview as previewing
from screens import campaign_timing as timing
from screens.callbacks.campaigns import CorrectionFor, MessageButton
from screens.language import Language
from screens.screen import Screen


def building() -> Iterator[Example]:
    yield from _beginning()
    yield from _choosing()
    yield from _saying()
    yield from _timing()
    yield from _stopping()


def _beginning() -> Iterator[Example]:
    deals = (TIERS, BONUS, BASKET)
    products = replace(FOUND, categories={}, brands={})
    yield ("campaigns.campaigns", lambda _: campaigns.campaigns(CampaignTally(drafts=2), _))
    yield ("campaigns.promotion_question", lambda _: campaigns.promotion_question(deals, 1, None, _))
    yield (
        "campaigns.promotion_question: of a draft",
        lambda _: campaigns.promotion_question(deals * 4, 2, DRAFT, _),
    )
    yield ("campaigns.promotion_question: none", lambda _: campaigns.promotion_question((), 1, None, _))
    yield ("campaigns.product_question", lambda _: campaigns.product_question(None, _))
    yield ("campaigns.product_question: of a draft", lambda _: campaigns.product_question(DRAFT, _))
    yield ("campaigns.product_choices", lambda _: campaigns.product_choices(products, None, _))
    yield ("campaigns.product_choices: of a draft", lambda _: campaigns.product_choices(products, DRAFT, _))
    yield ("campaigns.goods_question", lambda _: campaigns.goods_question(DRAFT, products, _))
    yield ("campaigns.drafts", lambda _: campaigns.drafts((WHOLE, BARE), 1, _))
    yield ("campaigns.drafts: none", lambda _: campaigns.drafts((), 1, _))
    yield ("campaigns.schedules", lambda _: campaigns.schedules((PLANNED,) * 10, 1, _))
    yield ("campaigns.schedules: none", lambda _: campaigns.schedules((), 1, _))
    yield ("campaigns.gone_out", lambda _: campaigns.gone_out(STOPPED.campaign, _))
    yield ("campaigns.given_up", lambda _: campaigns.given_up(WHOLE, _))
    yield ("campaigns.drop_question", lambda _: campaigns.drop_question(WHOLE, _))
    yield ("campaigns.name_question", lambda _: campaigns.name_question(WHOLE, _))
    yield (
        "campaigns.noted",
        lambda _: campaigns.noted(campaigns.copied(WHOLE, _), campaigns.name_question(WHOLE, _)),
    )


def _choosing() -> Iterator[Example]:
    yield ("campaign_audience.audience: nothing yet", lambda _: audience.audience(BARE, 0, NAMES, _))
    yield ("campaign_audience.audience", lambda _: audience.audience(DRAFT, 0, NAMES, _))
    yield ("campaign_audience.audience: all", lambda _: audience.audience(FULL, 0, NAMES, _))
    yield ("campaign_audience.audience: a new group", lambda _: audience.audience(FULL, 2, NAMES, _))
    yield ("campaign_audience.more_criteria", lambda _: audience.more_criteria(FULL, 0, NAMES, _))
    yield ("campaign_audience.list_name_question", lambda _: audience.list_name_question(FULL, NAMES, _))
    yield ("campaign_audience.drop_list_question", lambda _: audience.drop_list_question(FULL, LISTS[0], _))
    for by in Criterion:
        if by in criteria.OF_GOODS | criteria.OF_DAYS:
            continue
        yield (
            f"campaign_criteria.criterion: {by.name.lower()}",
            partial(_criterion, by),
        )
    nothing = replace(CHOICES, names=SegmentNames())
    yield (
        "campaign_criteria.criterion: no tags",
        lambda _: criteria.criterion(DRAFT, 0, Criterion.TAG, 1, nothing, _),
    )
    for by in (Criterion.NOT_BOUGHT, Criterion.BOUGHT):
        yield (
            f"campaign_criteria.goods_criterion: {by.name.lower()}",
            partial(_goods, by),
        )
    for by in (Criterion.OVERDUE, Criterion.LAST_ORDER):
        yield (
            f"campaign_criteria.days_criterion: {by.name.lower()}",
            partial(_days, by),
        )
    yield ("campaign_count.audience_count", lambda _: counting.audience_count(DRAFT, COUNTED, 10, 2, _))
    yield (
        "campaign_count.audience_count: spared",
        lambda _: counting.audience_count(DRAFT, SPARED, 10, 2, _),
    )
    willing = replace(DRAFT, with_complaints=True, with_overdue=True)
    few = AudienceCount(matched=4)
    yield ("campaign_count.audience_count: few", lambda _: counting.audience_count(willing, few, 10, 2, _))
    yield (
        "campaign_count.audience_count: nobody",
        lambda _: counting.audience_count(DRAFT, AudienceCount(matched=0), 10, 2, _),
    )


def _saying() -> Iterator[Example]:
    both = replace(WHOLE, buttons=CampaignButtons.BOTH)
    yield ("campaign_parts.text_question", lambda _: parts.text_question(DRAFT, _))
    yield ("campaign_parts.text_question: again", lambda _: parts.text_question(WHOLE, _))
    yield ("campaign_parts.photo_question", lambda _: parts.photo_question(WHOLE, True, _))
    yield ("campaign_parts.photo_question: no product", lambda _: parts.photo_question(BARE, False, _))
    yield ("campaign_parts.own_photo_question", lambda _: parts.own_photo_question(WHOLE, _))
    yield ("campaign_parts.buttons_question", lambda _: parts.buttons_question(WHOLE, _))
    yield (
        "campaign_parts.buttons_question: a product",
        lambda _: parts.buttons_question(replace(WHOLE, promotion_id=None), _),
    )
    yield ("campaign_parts.quantity_question", lambda _: parts.quantity_question(WHOLE, SHAMPOO.product, _))
    yield ("campaign_parts.last_day_question", lambda _: parts.last_day_question(WHOLE, _))
    yield ("campaign_parts.edit_menu", lambda _: parts.edit_menu(WHOLE, _))
    yield ("campaign_parts.edit_menu: scheduled", lambda _: parts.edit_menu(PLANNED, _))
    yield ("campaign_parts.edit_menu: announcement", lambda _: parts.edit_menu(BARE, _))
    yield ("campaign_message.campaign_message", lambda _: campaign_message.campaign_message(MESSAGE, _))
    told = replace(MESSAGE, recipient_id=70, campaign=both)
    yield ("campaign_message.campaign_message: both", lambda _: campaign_message.campaign_message(told, _))
    yield ("campaign_preview.preview", lambda _: previewing.preview(MESSAGE, 1, OUTLOOK, _))
    planned = replace(MESSAGE, campaign=replace(PLANNED, buttons=CampaignButtons.BOTH))
    yield ("campaign_preview.preview: scheduled, to mind", lambda _: previewing.preview(planned, 1, MANY, _))
    long = replace(MESSAGE, campaign=replace(WHOLE, photo_file_id=5, text="طرح پاییزه " * 85))
    yield ("campaign_preview.preview: long", lambda _: previewing.preview(long, 1, OUTLOOK, _))
    news = replace(MESSAGE, campaign=replace(BARE, text="شنبه تعطیلیم."), price=None)
    unsold = replace(OUTLOOK, available=None)
    yield ("campaign_preview.preview: announcement", lambda _: previewing.preview(news, 1, unsold, _))
    yield ("campaign_preview.customer_question", lambda _: previewing.customer_question(WHOLE, _))
    shops = {1: "داروخانه دکتر رضایی", 2: "داروخانه شبانه‌روزی بزرگ میدان آزادی و حومه غرب تهران"}
    yield ("campaign_preview.customer_choices", lambda _: previewing.customer_choices(WHOLE, shops, _))
    yield ("campaign_preview.for_myself", lambda _: previewing.for_myself(MESSAGE, _))
    for button in MessageButton:
        yield (
            f"campaign_preview.would: {button.value}",
            partial(previewing.would, button),
        )


def _timing() -> Iterator[Example]:
    afternoon, morning = NOW + timedelta(hours=16, minutes=30), NOW + timedelta(hours=33, minutes=30)
    late, proposed = NOW + timedelta(hours=22), NOW + timedelta(hours=32, minutes=30)
    yield (
        "campaign_timing.start_question",
        lambda _: timing.start_question(WHOLE, (afternoon, morning), TODAY, _),
    )
    yield ("campaign_timing.other_start_question", lambda _: timing.other_start_question(WHOLE, _))
    yield ("campaign_timing.quiet", lambda _: timing.quiet(7, late, proposed, TODAY, _))
    yield (
        "campaign_timing.speed_question",
        lambda _: timing.speed_question(WHOLE, TODAY.toordinal(), 600, OUTLOOK, _),
    )
    yield ("campaign_timing.other_speed_question", lambda _: timing.other_speed_question(WHOLE, _))
    yield ("campaign_timing.scheduled", lambda _: timing.scheduled(PLANNED, OUTLOOK, 1, _))
    yield ("campaign_timing.scheduled: waits", lambda _: timing.scheduled(PLANNED, MANY, 1, _))
    yield ("campaign_timing.scheduled: to agree", lambda _: timing.scheduled(PLANNED, MANY, 2, _))
    yield ("campaign_timing.unschedule_question", lambda _: timing.unschedule_question(PLANNED, _))
    yield ("campaign_timing.unscheduled", lambda _: timing.unscheduled(WHOLE, _))
    yield ("campaign_timing.agreed", lambda _: timing.agreed(PLANNED, _))
    yield ("campaign_timing.sent_back", lambda _: timing.sent_back(WHOLE, _))


def _stopping() -> Iterator[Example]:
    yield ("campaign_pause.paused", lambda _: pausing.paused(STOPPED, _))
    yield ("campaign_pause.what_now", lambda _: pausing.what_now(STOPPED, _))
    yield ("campaign_pause.what_now: sold out", lambda _: pausing.what_now(SOLD_OUT, _))
    for whom in CorrectionFor:
        yield (
            f"campaign_pause.correction_question: {whom.value}",
            partial(pausing.correction_question, WHOLE, whom),
        )
        yield (
            f"campaign_pause.corrected: {whom.value}",
            partial(pausing.corrected, STOPPED, MESSAGE, whom),
        )
    yield ("campaign_pause.end_question", lambda _: pausing.end_question(STOPPED, _))


def _criterion(by: Criterion, _: Language) -> Screen:
    return criteria.criterion(FULL, 0, by, 1, CHOICES, _)


def _goods(by: Criterion, _: Language) -> Screen:
    return criteria.goods_criterion(FULL, 0, by, NAMES, FOUND, _)


def _days(by: Criterion, _: Language) -> Screen:
    return criteria.days_criterion(FULL, 0, by, NAMES, _)
