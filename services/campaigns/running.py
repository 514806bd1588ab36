"""Campaigns that go out: stopping, going on, correcting, ending."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.campaign_errors import CampaignFixed, CampaignNotReady
from domain.campaigns import Campaign, CampaignState, PauseReason
from domain.staff import Role
from services.campaigns.checking import require_text
from services.campaigns.telling import ending_facts, tell_maker
from storage.unit_of_work import UnitOfWork

ENDED = "ended"
"""Why whoever is left gets nothing."""


async def pause(
    uow: UnitOfWork, actor: Actor, campaign_id: int, now: datetime, reason: PauseReason | None = None
) -> Campaign:
    """Nobody is claimed any more from now on; pausing what is paused changes nothing."""
    actor.require_staff(Role.MANAGER)
    known = await _of(uow, campaign_id, CampaignState.RUNNING, CampaignState.PAUSED)
    if known.state is CampaignState.PAUSED and reason in (None, known.pause_reason):
        return known
    kept = await uow.campaigns.save(
        replace(
            known,
            state=CampaignState.PAUSED,
            paused_at=known.paused_at or now,
            pause_reason=reason or known.pause_reason,
        )
    )
    facts = {"reason": reason.value if reason else None}
    await uow.audit.write(actor, "campaign.paused", "campaign", kept.id, now, facts)
    return kept


async def pause_because(
    uow: UnitOfWork, actor: Actor, campaign_id: int, reason: PauseReason, now: datetime
) -> Campaign:
    """Why it was paused, said afterwards (S5.9)."""
    actor.require_staff(Role.MANAGER)
    await _of(uow, campaign_id, CampaignState.PAUSED)
    return await pause(uow, actor, campaign_id, now, reason)


async def resume(uow: UnitOfWork, actor: Actor, campaign_id: int, now: datetime) -> Campaign:
    """It goes on with whoever is left; what goes out already stays as it is."""
    actor.require_staff(Role.MANAGER)
    known = await _of(uow, campaign_id, CampaignState.RUNNING, CampaignState.PAUSED)
    if known.state is CampaignState.RUNNING:
        return known
    kept = await uow.campaigns.save(
        replace(known, state=CampaignState.RUNNING, paused_at=None, pause_reason=None)
    )
    await uow.audit.write(actor, "campaign.resumed", "campaign", kept.id, now)
    return kept


async def correct_text(
    uow: UnitOfWork, actor: Actor, campaign_id: int, text: str, now: datetime, *, for_all: bool
) -> Campaign:
    """The right text for those who are left; with ``for_all`` those who have the wrong one get it edited."""
    actor.require_staff(Role.MANAGER)
    known = await _of(uow, campaign_id, CampaignState.RUNNING, CampaignState.PAUSED)
    corrected = replace(known, text=text.strip(), text_version=known.text_version + 1, corrects_sent=for_all)
    if not corrected.text:
        raise CampaignNotReady("text")
    require_text(corrected)
    kept = await uow.campaigns.save(corrected)
    facts = {"text": kept.text, "former": known.text, "for_all": for_all}
    await uow.audit.write(actor, "campaign.corrected", "campaign", kept.id, now, facts)
    return kept


async def end(uow: UnitOfWork, actor: Actor, campaign_id: int, now: datetime) -> Campaign:
    """Whoever is left gets nothing."""
    actor.require_staff(Role.MANAGER)
    known = await _of(uow, campaign_id, CampaignState.RUNNING, CampaignState.PAUSED, CampaignState.CANCELLED)
    if known.state is CampaignState.CANCELLED:
        return known
    kept = await uow.campaigns.save(replace(known, state=CampaignState.CANCELLED, ended_at=now))
    skipped = await uow.campaigns.skip_rest(campaign_id, ENDED)
    await uow.audit.write(actor, "campaign.ended", "campaign", kept.id, now, {"skipped": skipped})
    return kept


async def let_go(uow: UnitOfWork, campaign_id: int) -> int:
    """Whom a sender had in hand when the campaign was ended, and gave back: they get nothing either."""
    return await uow.campaigns.skip_rest(campaign_id, ENDED)


async def _of(uow: UnitOfWork, campaign_id: int, *states: CampaignState) -> Campaign:
    known = await uow.campaigns.get(campaign_id)
    if known.state not in states:
        raise CampaignFixed
    return known


async def finish(uow: UnitOfWork, campaign_id: int, now: datetime) -> Campaign | None:
    """Finished, and its maker told; None while a recipient is open."""
    known = await uow.campaigns.get(campaign_id)
    if known.state is not CampaignState.RUNNING or await uow.campaigns.has_open(campaign_id):
        return None
    kept = await uow.campaigns.save(replace(known, state=CampaignState.FINISHED, ended_at=now))
    facts = await ending_facts(uow, campaign_id)
    await uow.audit.write(None, "campaign.finished", "campaign", kept.id, now, facts)
    await tell_maker(uow, kept, "finished", now, facts)
    return kept
