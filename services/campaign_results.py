"""What campaigns have brought (S5.11), for managers: figures, lists, and work for the visitors."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

from domain.actors import Actor
from domain.calendar import HORIZON, ONE_DAY, next_working_day, today_in_tehran
from domain.campaign_reports import (
    CampaignBrief,
    CampaignBuyer,
    CampaignClicker,
    CampaignReport,
    WorkOrder,
    facts_of,
)
from domain.campaigns import Campaign
from domain.errors import NotFound
from domain.notifications import Notification, Recipient
from domain.staff import Role
from domain.tasks import Task
from storage.unit_of_work import UnitOfWork

PER_PAGE = 8
MOST_ROWS = 50_000
"""So many rows a workbook of a report holds; who sells to more of them at once asks the books."""
MOST_TASKS = 2_000
"""So many tasks are made at a time."""


async def list_sent(uow: UnitOfWork, actor: Actor, page: int) -> tuple[tuple[CampaignBrief, ...], int, bool]:
    """A page of what was sent, the latest first; its number, and whether there are more."""
    actor.require_staff(Role.MANAGER)
    page = max(page, 1)
    found = await uow.campaign_effect.list_sent(PER_PAGE + 1, (page - 1) * PER_PAGE)
    return found[:PER_PAGE], page, len(found) > PER_PAGE


async def open_report(uow: UnitOfWork, actor: Actor, campaign_id: int, now: datetime) -> CampaignReport:
    """All its figures, up to now."""
    actor.require_staff(Role.MANAGER)
    return await _report(uow, campaign_id, now)


async def _report(uow: UnitOfWork, campaign_id: int, now: datetime) -> CampaignReport:
    days = (await uow.company.push_rules()).window_days
    return await uow.campaign_effect.report(campaign_id, days, now)


async def list_buyers(
    uow: UnitOfWork, actor: Actor, campaign_id: int, page: int
) -> tuple[Campaign, tuple[CampaignBuyer, ...], bool]:
    """A page of those who were told and bought, the latest first."""
    campaign, days = await _sent(uow, actor, campaign_id)
    found = await uow.campaign_effect.list_buyers(
        campaign_id, days, PER_PAGE + 1, (max(page, 1) - 1) * PER_PAGE
    )
    return campaign, found[:PER_PAGE], len(found) > PER_PAGE


async def list_clickers(
    uow: UnitOfWork, actor: Actor, campaign_id: int, page: int
) -> tuple[Campaign, tuple[CampaignClicker, ...], bool]:
    """A page of those who tapped and did not buy, the first tap first."""
    campaign, days = await _sent(uow, actor, campaign_id)
    found = await uow.campaign_effect.list_clickers(
        campaign_id, days, PER_PAGE + 1, (max(page, 1) - 1) * PER_PAGE
    )
    return campaign, found[:PER_PAGE], len(found) > PER_PAGE


async def _sent(uow: UnitOfWork, actor: Actor, campaign_id: int) -> tuple[Campaign, int]:
    """A campaign that has begun, for managers, and for how many days its orders count."""
    actor.require_staff(Role.MANAGER)
    campaign = await uow.campaigns.get(campaign_id)
    if campaign.started_at is None:
        raise NotFound
    return campaign, (await uow.company.push_rules()).window_days


async def whole_list(
    uow: UnitOfWork, actor: Actor, campaign_id: int, now: datetime
) -> tuple[CampaignReport, tuple[CampaignBuyer, ...]]:
    """Everybody who bought, those of the holdout among them, for a workbook; that it was made is kept."""
    report = await open_report(uow, actor, campaign_id, now)
    found = await uow.campaign_effect.list_buyers(
        campaign_id, report.window_days, MOST_ROWS, with_holdout=True
    )
    await uow.audit.write(actor, "campaign.exported", "campaign", campaign_id, now, {"rows": len(found)})
    return report, found


# Work for the visitors


async def ask_work(uow: UnitOfWork, actor: Actor, campaign_id: int, now: datetime) -> WorkOrder:
    """Who would be sent to how many of those who tapped and did not buy."""
    campaign, wanted = await _to_visit(uow, actor, campaign_id)
    return _order(campaign, wanted, now)


async def make_work(uow: UnitOfWork, actor: Actor, campaign_id: int, now: datetime) -> WorkOrder:
    """A task for each of them, once: for the visitor of the shop's route, or for any visitor."""
    campaign, wanted = await _to_visit(uow, actor, campaign_id)
    today = today_in_tehran(now)
    holidays = await uow.calendars.list_holidays(today, today + timedelta(days=HORIZON))
    due = next_working_day(today + ONE_DAY, holidays)
    await uow.tasks.put(*(_task(campaign, each, due) for each in wanted), now=now)
    order = _order(campaign, wanted, now)
    if wanted:
        facts = {"campaign_id": campaign_id, "tasks": len(wanted)}
        await uow.audit.write(actor, "campaign.work_ordered", "campaign", campaign_id, now, facts)
        await uow.outbox.put(*_words_to_visitors(order, now))
    return replace(order, is_made=True)


async def _to_visit(
    uow: UnitOfWork, actor: Actor, campaign_id: int
) -> tuple[Campaign, list[CampaignClicker]]:
    """Those for whom no task was ever made."""
    campaign, days = await _sent(uow, actor, campaign_id)
    clickers = await uow.campaign_effect.list_clickers(campaign_id, days, MOST_TASKS)
    fresh = await uow.tasks.fresh_keys(_key(campaign_id, each.customer_id) for each in clickers)
    return campaign, [each for each in clickers if _key(campaign_id, each.customer_id) in fresh]


def _key(campaign_id: int, customer_id: int) -> str:
    return f"campaign_visit:{campaign_id}:{customer_id}"


def _task(campaign: Campaign, clicker: CampaignClicker, due_on: date) -> Task:
    assert campaign.id is not None
    return Task(
        key=_key(campaign.id, clicker.customer_id),
        kind="campaign_visit",
        role=Role.VISITOR,
        subject_id=campaign.id,
        staff_id=clicker.visitor_id,
        customer_id=clicker.customer_id,
        facts={"campaign": campaign.name},
        due_on=due_on,
    )


def _order(campaign: Campaign, clickers: list[CampaignClicker], now: datetime) -> WorkOrder:
    assert campaign.id is not None
    counts = Counter((each.visitor_id, each.visitor) for each in clickers)
    visitors = tuple((who, name, count) for (who, name), count in counts.most_common() if who is not None)
    return WorkOrder(
        campaign_id=campaign.id,
        name=campaign.name,
        visitors=visitors,
        without_visitor=sum(count for (who, _name), count in counts.items() if who is None),
        at=now,
    )


def _words_to_visitors(order: WorkOrder, now: datetime) -> tuple[Notification, ...]:
    """One for each visitor and order, however many shops it is about."""
    return tuple(
        Notification(
            key=f"campaign_work:{order.campaign_id}:{staff_id}:{order.at.isoformat()}",
            kind="campaign_work",
            to=Recipient(staff_id=staff_id),
            subject_id=order.campaign_id,
            due_at=now,
            facts={"campaign": order.name, "count": count},
        )
        for staff_id, _name, count in order.visitors
    )


# On the seventh day


async def tell_report(uow: UnitOfWork, campaign_id: int, now: datetime) -> bool:
    """Tell whoever made the campaign what it has brought, once; False where that was done before."""
    campaign = await uow.campaigns.get(campaign_id)
    if campaign.reported_at is not None:
        return False
    report = await _report(uow, campaign_id, now)
    await uow.campaigns.save(replace(campaign, reported_at=now))
    await uow.outbox.put(
        Notification(
            key=f"campaign_report:{campaign_id}",
            kind="campaign_report",
            to=Recipient(staff_id=campaign.made_by),
            subject_id=campaign_id,
            due_at=now,
            facts=facts_of(report),
        )
    )
    return True
