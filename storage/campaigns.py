"""Campaigns: each change is guarded by the version that was read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, insert, literal_column, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.audiences import CampaignTally
from domain.campaigns import Campaign, CampaignButtons, CampaignKind, CampaignState, PauseReason
from domain.errors import ChangedMeanwhile, NotFound
from storage.tables.campaigns import campaign_recipients, campaigns

_C, _R = campaigns.c, campaign_recipients.c
_OPEN = _R.state.in_([literal_column(f"'{each}'") for each in ("new", "leased", "sending")])
_ALIVE = _C.state.in_([literal_column(f"'{each}'") for each in ("scheduled", "running", "paused")])
BEGUN = (CampaignState.RUNNING, CampaignState.PAUSED, CampaignState.CANCELLED, CampaignState.FINISHED)


class Campaigns:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, campaign_id: int) -> Campaign:
        found = await self.several((campaign_id,))
        if campaign_id not in found:
            raise NotFound
        return found[campaign_id]

    async def several(self, campaign_ids: Collection[int]) -> dict[int, Campaign]:
        rows = await self._connection.execute(select(campaigns).where(_C.id.in_(sorted(campaign_ids))))
        return {row.id: _campaign(row) for row in rows}

    async def create(self, campaign: Campaign) -> Campaign:
        made = insert(campaigns).values(**_values(campaign), version=0).returning(_C.id)
        return replace(campaign, id=int((await self._connection.execute(made)).scalar_one()), version=0)

    async def save(self, campaign: Campaign) -> Campaign:
        """Keep it whole, as the next version of the one that was read."""
        kept = await self._connection.execute(
            update(campaigns)
            .where(_C.id == campaign.id, _C.version == campaign.version)
            .values(**_values(campaign), version=campaign.version + 1)
        )
        if kept.rowcount != 1:
            raise ChangedMeanwhile
        return replace(campaign, version=campaign.version + 1)

    async def list_drafts(self, most: int) -> tuple[Campaign, ...]:
        return await self._list(
            select(campaigns).where(_C.state == CampaignState.DRAFT.value).order_by(_C.id.desc()).limit(most)
        )

    async def list_scheduled(self, most: int) -> tuple[Campaign, ...]:
        return await self._list(
            select(campaigns)
            .where(_ALIVE, _C.state == CampaignState.SCHEDULED.value)
            .order_by(_C.start_at, _C.id)
            .limit(most)
        )

    async def list_begun(self, page: int, per_page: int) -> tuple[tuple[Campaign, ...], int]:
        """Whatever was sent or began to be, the last one first; and how many there are."""
        begun = (_C.state.in_([each.value for each in BEGUN]), _C.started_at.is_not(None))
        count = await self._connection.scalar(select(func.count()).select_from(campaigns).where(*begun))
        wanted = select(campaigns).where(*begun).order_by(_C.started_at.desc(), _C.id.desc())
        found = await self._list(wanted.limit(per_page).offset((page - 1) * per_page))
        return found, int(count or 0)

    async def tally(self) -> CampaignTally:
        counted = select(_C.state, _C.started_at.is_not(None).label("has_begun"), func.count().label("n"))
        rows = await self._connection.execute(counted.group_by(_C.state, _C.started_at.is_not(None)))
        found: dict[tuple[str, bool], int] = {(row.state, bool(row.has_begun)): row.n for row in rows}

        def of(*states: CampaignState, begun: bool) -> int:
            return sum(found.get((each.value, begun), 0) for each in states)

        return CampaignTally(
            drafts=of(CampaignState.DRAFT, begun=False),
            scheduled=of(CampaignState.SCHEDULED, begun=False),
            running=of(CampaignState.RUNNING, CampaignState.PAUSED, begun=True),
            done=of(CampaignState.CANCELLED, CampaignState.FINISHED, begun=True),
        )

    async def list_due(self, now: datetime, most: int) -> tuple[int, ...]:
        """Scheduled ones whose time has come."""
        due = select(_C.id).where(
            _ALIVE, _C.state == CampaignState.SCHEDULED.value, _C.start_at.is_not(None), _C.start_at <= now
        )
        return tuple(await self._connection.scalars(due.order_by(_C.start_at, _C.id).limit(most)))

    async def list_done(self, most: int) -> tuple[int, ...]:
        """Running ones of which nobody is left."""
        done = select(_C.id).where(_ALIVE, _C.state == CampaignState.RUNNING.value, ~_is_open(_C.id))
        return tuple(await self._connection.scalars(done.order_by(_C.id).limit(most)))

    async def list_given_back(self, ended_after: datetime, most: int) -> tuple[int, ...]:
        """Campaigns that a manager ended, and whose senders gave somebody back since."""
        waits = exists().where(_R.campaign_id == _C.id, _OPEN, _R.state != literal_column("'sending'"))
        ended = select(_C.id).where(
            _C.state == CampaignState.CANCELLED.value, _C.ended_at >= ended_after, waits
        )
        return tuple(await self._connection.scalars(ended.order_by(_C.id).limit(most)))

    async def list_to_report(self, ended_before: datetime, most: int) -> tuple[int, ...]:
        """Ended ones of which nobody was told what they brought."""
        ended = select(_C.id).where(
            _C.started_at.is_not(None), _C.ended_at <= ended_before, _C.reported_at.is_(None)
        )
        return tuple(await self._connection.scalars(ended.order_by(_C.id).limit(most)))

    async def has_open(self, campaign_id: int) -> bool:
        """Whether a recipient is left whose turn has not come or is not over."""
        return bool(await self._connection.scalar(select(_is_open(campaign_id))))

    async def skip_rest(self, campaign_id: int, reason: str) -> int:
        """Whoever is left gets nothing. What is on its way already is not called back."""
        skipped = await self._connection.execute(
            update(campaign_recipients)
            .where(_R.campaign_id == campaign_id, _R.state.in_(("new", "leased")))
            .values(state="skipped", reason=reason, lease=None, leased_until=None)
        )
        return skipped.rowcount

    async def why_skipped(self, campaign_id: int) -> Mapping[str, int]:
        """How many of those who were skipped have which reason."""
        counted = select(_R.reason, func.count().label("n")).where(
            _R.campaign_id == campaign_id, _R.state == literal_column("'skipped'"), _R.reason.is_not(None)
        )
        rows = await self._connection.execute(counted.group_by(_R.reason))
        return {row.reason: row.n for row in rows}

    async def outcome(self, campaign_id: int) -> Mapping[str, int]:
        """How many recipients are in which state, without the holdout."""
        rows = await self._connection.execute(
            select(_R.state, func.count().label("n"))
            .where(_R.campaign_id == campaign_id, ~_R.is_holdout)
            .group_by(_R.state)
        )
        return {row.state: row.n for row in rows}

    async def _list(self, wanted: Any) -> tuple[Campaign, ...]:
        return tuple(_campaign(row) for row in await self._connection.execute(wanted))


def _is_open(campaign_id: Any) -> Any:
    return exists().where(_R.campaign_id == campaign_id, _OPEN)


def _values(campaign: Campaign) -> dict[str, Any]:
    return {
        "name": campaign.name,
        "kind": campaign.kind.value,
        "state": campaign.state.value,
        "promotion_id": campaign.promotion_id,
        "product_id": campaign.product_id,
        "conditions": dict(campaign.conditions),
        "text": campaign.text,
        "text_version": campaign.text_version,
        "corrects_sent": campaign.corrects_sent,
        "photo_file_id": campaign.photo_file_id,
        "buttons": campaign.buttons.value,
        "quantity": campaign.quantity,
        "ends_on": campaign.ends_on,
        "holdout_percent": campaign.holdout_percent,
        "per_minute": campaign.per_minute,
        "with_complaints": campaign.with_complaints,
        "with_overdue": campaign.with_overdue,
        "counts": dict(campaign.counts),
        "start_at": campaign.start_at,
        "made_by": campaign.made_by,
        "approved_by": campaign.approved_by,
        "pause_reason": campaign.pause_reason.value if campaign.pause_reason else None,
        "created_at": campaign.created_at,
        "started_at": campaign.started_at,
        "paused_at": campaign.paused_at,
        "ended_at": campaign.ended_at,
        "reported_at": campaign.reported_at,
    }


def _campaign(row: Any) -> Campaign:
    kept = {name: getattr(row, name) for name in campaigns.c.keys()}  # noqa: SIM118 - not a mapping
    kept["kind"] = CampaignKind(row.kind)
    kept["state"] = CampaignState(row.state)
    kept["buttons"] = CampaignButtons(row.buttons)
    kept["pause_reason"] = PauseReason(row.pause_reason) if row.pause_reason else None
    return Campaign(**kept)
