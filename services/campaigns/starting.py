"""From a draft to what goes out: at which time, agreed to by whom, and to whom exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from domain.actors import Actor
from domain.audiences import AudienceCount
from domain.calendar import today_in_tehran
from domain.campaign_errors import CampaignNotReady, NobodyToTell, QuietThen, TimePassed
from domain.campaigns import Campaign, CampaignState
from domain.errors import ChangedMeanwhile, SamePerson
from domain.push_rules import PushRules
from domain.quiet_hours import next_allowed
from domain.refusal import Refusal
from domain.staff import Role
from services.campaigns.audience import asked_of, counted_now, with_holdout
from services.campaigns.checking import require_ready
from services.campaigns.drafts import unbegun
from services.campaigns.telling import ask_second, needs_second, tell_maker
from storage.audience import Gathered
from storage.unit_of_work import UnitOfWork

HOLIDAYS_AHEAD = timedelta(days=60)


async def schedule(
    uow: UnitOfWork, actor: Actor, campaign_id: int, version: int, at: datetime, now: datetime
) -> Campaign:
    """It starts by itself then. With many recipients a second manager is asked first, and must agree."""
    actor.require_staff(Role.MANAGER)
    known = await unbegun(uow, campaign_id, version)
    if at <= now:
        raise TimePassed
    rules = await uow.company.push_rules()
    await _require_told(uow, known, rules, at)
    counted = _somebody(await counted_now(uow, known, rules, now))
    return await _scheduled(uow, actor, known, rules, counted, at, now)


async def _scheduled(
    uow: UnitOfWork,
    actor: Actor,
    known: Campaign,
    rules: PushRules,
    counted: AudienceCount,
    at: datetime,
    now: datetime,
) -> Campaign:
    kept = await uow.campaigns.save(
        replace(known, state=CampaignState.SCHEDULED, start_at=at, counts=counted.facts())
    )
    facts = {"at": at.isoformat(), **counted.facts()}
    await uow.audit.write(actor, "campaign.scheduled", "campaign", kept.id, now, facts)
    await ask_second(uow, kept, rules, now)
    return kept


async def _require_told(uow: UnitOfWork, campaign: Campaign, rules: PushRules, at: datetime) -> None:
    """Then it may be told, and what it says will hold then."""
    proposed = await _allowed(uow, rules, at)
    if proposed != at:
        assert campaign.id is not None
        raise QuietThen(campaign.id, at, proposed)
    await require_ready(uow, campaign, today_in_tehran(at))


async def _allowed(uow: UnitOfWork, rules: PushRules, at: datetime) -> datetime:
    today = today_in_tehran(at)
    holidays = await uow.calendars.list_holidays(today, today + HOLIDAYS_AHEAD)
    return next_allowed(at, rules.promotion_hours, holidays)


def _somebody(counted: AudienceCount) -> AudienceCount:
    """How many would get it; nobody is refused."""
    if counted.sendable == 0:
        raise NobodyToTell
    return counted


async def unschedule(
    uow: UnitOfWork, actor: Actor, campaign_id: int, version: int, now: datetime
) -> Campaign:
    """A draft again."""
    actor.require_staff(Role.MANAGER)
    known = await unbegun(uow, campaign_id, version)
    kept = await uow.campaigns.save(_draft(known))
    await uow.audit.write(actor, "campaign.unscheduled", "campaign", kept.id, now)
    return kept


def _draft(campaign: Campaign) -> Campaign:
    return replace(campaign, state=CampaignState.DRAFT, start_at=None, approved_by=None)


async def start_now(uow: UnitOfWork, actor: Actor, campaign_id: int, version: int, now: datetime) -> Campaign:
    """Freeze the audience and let it go out; with many recipients it waits for a second manager."""
    actor.require_staff(Role.MANAGER)
    known = await unbegun(uow, campaign_id, version)
    rules = await uow.company.push_rules()
    await _require_told(uow, known, rules, now)
    async with uow.audience.gathering(await asked_of(uow, known, rules), now) as gathered:
        counted = _somebody(with_holdout(gathered.count, known.holdout_percent, rules))
        if needs_second(replace(known, counts=counted.facts()), rules):
            return await _scheduled(uow, actor, known, rules, counted, now, now)
        return await _begun(uow, actor, known, gathered, counted, now)


async def _begun(
    uow: UnitOfWork,
    actor: Actor | None,
    known: Campaign,
    gathered: Gathered,
    counted: AudienceCount,
    now: datetime,
) -> Campaign:
    """The audience as rows. The version is taken first: of two who begin it, one freezes."""
    begun = replace(
        known,
        state=CampaignState.RUNNING,
        start_at=known.start_at or now,
        started_at=now,
        counts=counted.facts(),
    )
    kept = await uow.campaigns.save(begun)
    assert kept.id is not None
    frozen = await gathered.freeze(kept.id, counted, _seed(kept.id, now))
    if frozen.facts() != kept.counts:
        kept = await uow.campaigns.save(replace(kept, counts=frozen.facts()))
    await uow.audit.write(actor, "campaign.started", "campaign", kept.id, now, frozen.facts())
    return kept


def _seed(campaign_id: int, now: datetime) -> int:
    """Another order for each campaign, and the same again where everything is replayed."""
    return int(now.timestamp()) * 1_000 + campaign_id


async def approve(uow: UnitOfWork, actor: Actor, campaign_id: int, version: int, now: datetime) -> Campaign:
    """A second manager agrees to it as it stands; one whose time has come starts at once."""
    manager = actor.require_staff(Role.MANAGER)
    known = await _waiting(uow, campaign_id, version)
    if manager.id == known.made_by:
        raise SamePerson
    kept = await uow.campaigns.save(replace(known, approved_by=manager.id))
    await uow.audit.write(actor, "campaign.approved", "campaign", kept.id, now, {"version": version})
    return await begin(uow, campaign_id, now) or await uow.campaigns.get(campaign_id)


async def refuse(uow: UnitOfWork, actor: Actor, campaign_id: int, version: int, now: datetime) -> Campaign:
    """A second manager sends it back: a draft again, and its maker is told."""
    manager = actor.require_staff(Role.MANAGER)
    known = await _waiting(uow, campaign_id, version)
    kept = await uow.campaigns.save(_draft(known))
    await uow.audit.write(actor, "campaign.refused", "campaign", kept.id, now, {"version": version})
    await tell_maker(uow, kept, "refused", now, {"by": manager.name})
    return kept


async def _waiting(uow: UnitOfWork, campaign_id: int, version: int) -> Campaign:
    """The scheduled campaign in that version, which nobody has agreed to yet."""
    known = await uow.campaigns.get(campaign_id)
    if known.version != version or known.state is not CampaignState.SCHEDULED or known.approved_by:
        raise ChangedMeanwhile
    return known


async def begin(uow: UnitOfWork, campaign_id: int, now: datetime) -> Campaign | None:
    """Start one that is due (by the clock); None when it has to wait or cannot be sent."""
    known = await uow.campaigns.get(campaign_id)
    rules = await uow.company.push_rules()
    is_due = known.start_at is not None and known.start_at <= now
    if known.state is not CampaignState.SCHEDULED or not is_due or needs_second(known, rules):
        return None
    if await _allowed(uow, rules, now) != now:
        return None
    try:
        await require_ready(uow, known, today_in_tehran(now))
        asked = await asked_of(uow, known, rules)
        async with uow.audience.gathering(asked, now) as gathered:
            return await _begun_by_clock(uow, known, rules, gathered, now)
    except Refusal as no:
        await _sent_back(uow, known, no, now)
        return None


async def _begun_by_clock(
    uow: UnitOfWork, known: Campaign, rules: PushRules, gathered: Gathered, now: datetime
) -> Campaign | None:
    counted = _somebody(with_holdout(gathered.count, known.holdout_percent, rules))
    grown = replace(known, counts=counted.facts())
    if needs_second(grown, rules):
        # It has grown since it was scheduled.
        await ask_second(uow, await uow.campaigns.save(grown), rules, now)
        return None
    begun = await _begun(uow, None, known, gathered, counted, now)
    await tell_maker(uow, begun, "started", now, {"recipients": counted.with_holdout})
    return begun


async def _sent_back(uow: UnitOfWork, known: Campaign, no: Refusal, now: datetime) -> None:
    """What can no longer be sent is a draft again, and its maker hears why."""
    why = "nobody" if isinstance(no, NobodyToTell) else "text"
    if isinstance(no, CampaignNotReady):
        why = no.missing
    kept = await uow.campaigns.save(_draft(known))
    await uow.audit.write(None, "campaign.not_started", "campaign", kept.id, now, {"why": why})
    await tell_maker(uow, kept, "not_started", now, {"why": why})
