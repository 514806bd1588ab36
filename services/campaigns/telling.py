"""What managers are told of campaigns: a question to the others, and to its maker what became of it."""

from __future__ import annotations

from datetime import datetime

from domain.audiences import count_of
from domain.campaigns import Campaign, RecipientState
from domain.notifications import Notification, Recipient
from domain.push_rules import PushRules
from domain.staff import Role
from storage.unit_of_work import UnitOfWork


def needs_second(campaign: Campaign, rules: PushRules) -> bool:
    """So many get it that two people must have agreed, and only one has."""
    many = count_of(campaign.counts).sendable > rules.second_manager_above
    return many and campaign.approved_by is None


async def ask_second(uow: UnitOfWork, campaign: Campaign, rules: PushRules, now: datetime) -> bool:
    """Ask the other managers to agree, where that is needed; once for each version of it."""
    if not needs_second(campaign, rules):
        return False
    assert campaign.id is not None
    others = [each for each in await uow.staff.list_active(Role.MANAGER) if each.id != campaign.made_by]
    facts = {
        "name": campaign.name,
        "version": campaign.version,
        "recipients": count_of(campaign.counts).with_holdout,
        "start_at": campaign.start_at.isoformat() if campaign.start_at else None,
    }
    await uow.outbox.put(
        *(
            Notification(
                key=f"campaign:{campaign.id}:second:{campaign.version}:{each.id}",
                kind="campaign_approval",
                to=Recipient(staff_id=each.id),
                subject_id=campaign.id,
                due_at=now,
                facts=facts,
            )
            for each in others
        )
    )
    return True


async def tell_maker(
    uow: UnitOfWork, campaign: Campaign, what: str, now: datetime, facts: dict[str, object] | None = None
) -> None:
    """``what`` is started, not_started, refused or finished."""
    assert campaign.id is not None
    # It may be scheduled and sent back several times; it is finished once.
    which = "" if what == "finished" else f":{campaign.version}"
    await uow.outbox.put(
        Notification(
            key=f"campaign:{campaign.id}:{what}{which}",
            kind=f"campaign_{what}",
            to=Recipient(staff_id=campaign.made_by),
            subject_id=campaign.id,
            due_at=now,
            facts={"name": campaign.name, **(facts or {})},
        )
    )


async def ending_facts(uow: UnitOfWork, campaign_id: int) -> dict[str, object]:
    """S5.10: how many got it and how many did not, and how many of these have blocked the bot."""
    found = await uow.campaigns.outcome(campaign_id)
    blocked = found.get(RecipientState.BLOCKED, 0)
    return {
        "delivered": found.get(RecipientState.SENT, 0),
        "failed": blocked + found.get(RecipientState.FAILED, 0),
        "blocked": blocked,
        "skipped": found.get(RecipientState.SKIPPED, 0),
        "skipped_for": dict(sorted((await uow.campaigns.why_skipped(campaign_id)).items())),
        "uncertain": found.get(RecipientState.UNCERTAIN, 0),
    }
