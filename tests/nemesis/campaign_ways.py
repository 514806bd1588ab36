"""Where a campaign must be before a manager can do the next thing with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from domain.audience_forms import Criterion, number_of
from domain.audience_ticks import ticked, with_days
from domain.campaigns import Campaign, CampaignButtons, CampaignKind, CampaignState, PauseReason
from domain.promotion_rules import Bonus
from domain.push_rules import PREFIX
from domain.segment_facts import segment_facts
from domain.segments import EVERYBODY
from domain.staff import Role
from screens.callbacks.campaign_builder import PhotoChoice
from services import campaigns
from storage.unit_of_work import UnitOfWork
from tests.builders.pricing import TEN_AND_ONE
from tests.builders.promotions import a_kept_promotion
from tests.conftest import NOW
from tests.nemesis.intruders import Town

Fields = Mapping[str, Any]
Prepare = Callable[[UnitOfWork, Town], Awaitable[Fields]]
TOMORROW = NOW + timedelta(days=1, hours=10)
KIND = {"position": 0, "by": Criterion.KIND, "page": 1}


def drafted(*, fields: Fields | None = None, **parts: Any) -> Prepare:
    """A draft of the manager's, with a text."""

    async def prepare(uow: UnitOfWork, town: Town) -> Fields:
        draft = await _draft(uow, town, parts)
        return {"campaign_id": draft.id, "version": draft.version, **(fields or {})}

    return prepare


async def _draft(uow: UnitOfWork, town: Town, parts: Mapping[str, Any]) -> Campaign:
    manager = town.staff[Role.MANAGER]
    draft = await campaigns.make_draft(uow, manager, CampaignKind.ANNOUNCEMENT, NOW)
    wanted = replace(draft, text="سلام", **parts)
    return await campaigns.change(uow, manager, wanted, NOW)


def at_any_hour(prepare: Prepare) -> Prepare:
    """Nothing is quiet, so that it can go out at the test's instant."""

    async def prepared(uow: UnitOfWork, town: Town) -> Fields:
        await uow.company.decide(f"{PREFIX}promotion_hours", "0-24", NOW)
        return await prepare(uow, town)

    return prepared


async def scheduled(uow: UnitOfWork, town: Town) -> Fields:
    """Made by somebody else, and waiting for its hour."""
    other = town.staff[Role.SUPPORT].staff_id or 0
    made = await uow.campaigns.create(
        Campaign(
            name="طرح دی",
            kind=CampaignKind.ANNOUNCEMENT,
            state=CampaignState.SCHEDULED,
            text="سلام",
            start_at=TOMORROW,
            made_by=other,
            created_at=NOW,
        )
    )
    return {"campaign_id": made.id, "version": made.version}


async def resting(uow: UnitOfWork, town: Town) -> Fields:
    """The victim's campaign was stopped."""
    campaign_id = town.victim.ids["campaign_id"]
    await campaigns.pause(uow, town.staff[Role.MANAGER], campaign_id, NOW)
    return {"reason": PauseReason.WRONG_TEXT}


async def with_a_list(uow: UnitOfWork, town: Town) -> Fields:
    node = ticked(EVERYBODY, 0, Criterion.GROUP, "A")
    saved = await campaigns.save_list(uow, town.staff[Role.MANAGER], "خوب‌ها", node, NOW)
    draft = await _draft(uow, town, {})
    return {"campaign_id": draft.id, "segment_id": saved.id}


async def with_a_promotion(uow: UnitOfWork, town: Town) -> Fields:
    promotion = await a_kept_promotion(uow, Bonus(steps=TEN_AND_ONE))
    draft = await _draft(uow, town, {})
    return {"campaign_id": draft.id, "promotion_id": promotion.id}


async def about_goods(uow: UnitOfWork, town: Town) -> Fields:
    """A draft about the victim's product, which a button buys."""
    parts = {"product_id": town.victim.ids["product_id"], "buttons": CampaignButtons.BUY, "quantity": 1}
    draft = await _draft(uow, town, parts)
    return {"campaign_id": draft.id, "version": draft.version, "quantity": 2}


async def with_a_product(uow: UnitOfWork, town: Town) -> Fields:
    draft = await _draft(uow, town, {"product_id": town.victim.ids["product_id"]})
    return {"campaign_id": draft.id, "buttons": CampaignButtons.OFFER}


async def with_a_photo(uow: UnitOfWork, town: Town) -> Fields:
    photo = await uow.files.put("photo.jpg", "image/jpeg", b"a picture", NOW)
    draft = await _draft(uow, town, {"photo_file_id": photo})
    return {"campaign_id": draft.id, "photo": PhotoChoice.NONE}


IN_YAZD = segment_facts(ticked(EVERYBODY, 0, Criterion.CITY, "یزد"))
LATE = segment_facts(with_days(EVERYBODY, 0, Criterion.OVERDUE, 7))
DAY = {"day": TOMORROW.date().toordinal(), "minute": 600}
CAMPAIGN_WAYS: dict[str, Prepare] = {
    "campaign_subject.begin_with_promotion": with_a_promotion,
    "campaign_subject.set_promotion": with_a_promotion,
    "campaign_subject.set_product": drafted(),
    "campaign_subject.drop_subject": about_goods,
    "campaigns.drop": drafted(),
    "campaigns.copy": drafted(),
    "campaign_criteria.tick": drafted(fields={**KIND, "value_id": number_of("pharmacy")}),
    "campaign_criteria.tick_goods": drafted(fields={"position": 0, "by": Criterion.BOUGHT}),
    "campaign_criteria.flip": drafted(fields={"position": 0, "by": Criterion.CITY}, conditions=IN_YAZD),
    "campaign_criteria.clear": drafted(fields={"position": 0, "by": Criterion.CITY}, conditions=IN_YAZD),
    "campaign_criteria.take_value": drafted(),
    "campaign_audience.drop_group": drafted(fields={"position": 0}, conditions=LATE),
    "campaign_audience.take_list_name": drafted(),
    "campaign_audience.drop_list": with_a_list,
    "campaign_audience.send_to_spared": drafted(),
    "campaign_audience.choose_holdout": drafted(fields={"percent": 10}),
    "campaign_criteria.set_days": drafted(fields={"position": 0, "by": Criterion.OVERDUE, "days": 7}),
    "campaign_parts.choose_photo": with_a_photo,
    "campaign_parts.choose_buttons": with_a_product,
    "campaign_details.choose_quantity": about_goods,
    "campaign_details.drop_last_day": drafted(ends_on=TOMORROW.date()),
    "campaign_parts.take_text": drafted(),
    "campaign_details.take_quantity": about_goods,
    "campaign_details.take_last_day": drafted(),
    "campaign_details.take_name": drafted(),
    "campaign_timing.send_now": at_any_hour(drafted()),
    "campaign_timing.schedule": drafted(fields={**DAY, "per_minute": 60}),
    "campaign_timing.take_speed": drafted(fields=DAY),
    "campaign_timing.unschedule": scheduled,
    "campaign_timing.approve": scheduled,
    "campaign_timing.refuse": scheduled,
    "campaign_pause.give_reason": resting,
    "campaign_pause.resume": resting,
}
"""All others write as it is: the victim's campaign goes out."""
CAMPAIGN_ASKING = frozenset(
    {
        "campaign_subject.take_product",
        "campaign_criteria.open_criterion",
        "campaign_parts.take_photo",
        "campaign_preview.take_customer",
        "campaign_timing.take_start",
    }
)
