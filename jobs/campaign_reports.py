"""On the seventh day whoever made a campaign reads what it has brought (S5.11)."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.errors import ChangedMeanwhile
from services.campaign_results import tell_report
from storage.unit_of_work import Store

AT_ONCE = 20


async def sweep_campaign_reports(store: Store, now: datetime) -> int:
    """Report on campaigns whose window is over for everybody; how many."""
    async with store.reading() as uow:
        days = (await uow.company.push_rules()).window_days
        due = await uow.campaigns.list_to_report(now - timedelta(days=days), AT_ONCE)
    told = 0
    for campaign_id in due:
        try:
            async with store.unit_of_work() as uow:
                told += await tell_report(uow, campaign_id, now)
        except ChangedMeanwhile:
            # Another process reports on it at this moment.
            continue
    return told
