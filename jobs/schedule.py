"""What runs by itself and how often: data alone, so whoever wants to know it reads it here.

A run belongs to a slot of time. Whoever writes the slot's row first runs the job, so it runs once per slot
however many processes there are; slots that nobody was there for are not made up for one by one, since a job
asks "what is due and not done".
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.calendar import TEHRAN
from jobs.alerts import sweep_alerts
from jobs.approvals import sweep_approvals
from jobs.associations import sweep_associations
from jobs.campaign_reports import sweep_campaign_reports
from jobs.campaigns import sweep_campaigns
from jobs.cheques import sweep_cheques
from jobs.housekeeping import prune_inbox, prune_readings, prune_runs, prune_searches
from jobs.invariants import seal_audit, sweep_books
from jobs.live import prune_live
from jobs.nudges import sweep_nudges
from jobs.referrals import sweep_referrals
from jobs.reminders import sweep_reminders
from jobs.search_misses import sweep_search_misses
from jobs.surveys import sweep_surveys
from storage.unit_of_work import Store

DAY = timedelta(days=1)
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Job:
    """Something that is looked at again and again; ``run`` tells how much there was to do.

    ``at`` is the hour in Tehran from which a daily job (``every`` a day) is due.
    """

    name: str
    every: timedelta
    run: Callable[[Store, datetime], Awaitable[int]]
    at: int | None = None

    def __post_init__(self) -> None:
        if self.every < timedelta(seconds=1) or (self.at is not None and self.every != DAY):
            raise ValueError(f"{self.name}: every second at most, and an hour only for what is daily")

    def slot(self, now: datetime) -> datetime:
        """The slot that has begun last, as an instant in UTC."""
        if self.at is None:
            return now.astimezone(UTC) - (now - _BEGINNING) % self.every
        begins = now.astimezone(TEHRAN).replace(hour=self.at, minute=0, second=0, microsecond=0)
        return (begins if begins <= now else begins - DAY).astimezone(UTC)


JOBS = (
    Job("alerts", timedelta(minutes=1), sweep_alerts),
    Job("approvals", timedelta(minutes=1), sweep_approvals),
    Job("associations", DAY, sweep_associations, at=4),
    Job("campaigns", timedelta(seconds=10), sweep_campaigns),
    Job("campaign_reports", timedelta(minutes=10), sweep_campaign_reports),
    Job("cheques", timedelta(minutes=10), sweep_cheques),
    Job("nudges", DAY, sweep_nudges, at=8),
    Job("referrals", timedelta(minutes=5), sweep_referrals),
    Job("reminders", timedelta(minutes=5), sweep_reminders),
    Job("search_misses", DAY, sweep_search_misses, at=9),
    Job("surveys", timedelta(minutes=1), sweep_surveys),
    Job("seal_audit", timedelta(minutes=5), seal_audit),
    Job("books", timedelta(minutes=5), sweep_books),
    Job("prune_inbox", timedelta(hours=1), prune_inbox),
    Job("prune_searches", timedelta(hours=1), prune_searches),
    Job("prune_readings", timedelta(hours=1), prune_readings),
    Job("prune_live", timedelta(hours=1), prune_live),
    Job("prune_runs", timedelta(hours=1), prune_runs),
)
