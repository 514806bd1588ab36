"""How far a campaign is, for whoever watches it go out (S5.8)."""

from __future__ import annotations

from dataclasses import replace

from domain.actors import Actor
from domain.campaign_progress import seconds_left
from domain.campaigns import OPEN_RECIPIENTS, CampaignState, Progress, RecipientState
from domain.staff import Role
from services.campaigns import pace
from storage.unit_of_work import UnitOfWork

S = RecipientState
ENDED = frozenset({CampaignState.FINISHED, CampaignState.CANCELLED})


async def watch(uow: UnitOfWork, actor: Actor, campaign_id: int) -> Progress:
    """Where it stands now; for managers."""
    actor.require_staff(Role.MANAGER)
    return await progress_of(uow, campaign_id)


async def progress_of(uow: UnitOfWork, campaign_id: int) -> Progress:
    """The same by itself; whoever shows it has been checked before."""
    campaign = await uow.campaigns.get(campaign_id)
    counts = await uow.campaigns.outcome(campaign_id)
    left = sum(counts.get(each.value, 0) for each in OPEN_RECIPIENTS)
    progress = Progress(
        campaign=campaign,
        total=sum(counts.values()),
        sent=counts.get(S.SENT, 0),
        failed=counts.get(S.FAILED, 0),
        blocked=counts.get(S.BLOCKED, 0),
        skipped=counts.get(S.SKIPPED, 0),
        uncertain=counts.get(S.UNCERTAIN, 0),
        left=left,
        seconds_left=seconds_left(left, campaign.per_minute, await pace(uow)),
    )
    if not progress.sent:
        return progress
    days = (await uow.company.push_rules()).window_days
    return replace(progress, orders=await uow.campaign_effect.count_orders(campaign_id, days))
