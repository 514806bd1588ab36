"""Recipients of campaigns on their way: leased by the hundred, marked before they go out, written down after.

A row is the whole truth of one recipient (rule R21): what is leased is free again when its sender dies, what
was being sent then stays uncertain and is never told twice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import String, and_, bindparam, func, null, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.built import built
from storage.recipient_rows import Concluded, Going, Leased, ToCorrect, leased_of, values_of
from storage.tables.base import Instant, Key
from storage.tables.campaigns import campaign_recipients, campaigns
from storage.tables.people import contacts, identities, preferences, reaches

__all__ = ["LEASE", "Concluded", "Going", "Leased", "Recipients", "ToCorrect"]

LEASE = timedelta(minutes=2)
_R, _C = campaign_recipients.c, campaigns.c
_RUNNING = text("campaigns.state = 'running'")


class Recipients:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_going(self) -> tuple[Going, ...]:
        return tuple(
            Going(id=row.id, per_minute=row.per_minute) for row in await self._connection.execute(_GOING)
        )

    async def lease(self, campaign_id: int, now: datetime, limit: int) -> tuple[str, tuple[int, ...]]:
        """The next ones of a running campaign, and the token that says whose they are for now."""
        token = uuid4().hex
        values = {"campaign": campaign_id, "until": now + LEASE, "token": token, "most": limit}
        return token, tuple(sorted(await self._connection.scalars(_LEASE, values)))

    async def details(self, ids: Collection[int]) -> tuple[Leased, ...]:
        """Where each of them can be written to now and what they want, in the order of their ids."""
        found: dict[int, Leased] = {}
        for row in await self._connection.execute(_DETAILS, {"ids": list(ids)}):
            # A person may be reached by several accounts; the one seen last is written to.
            found.setdefault(row.id, leased_of(row))
        return tuple(found.values())

    async def mark_sending(self, ids: Sequence[int], token: str, now: datetime) -> frozenset[int]:
        """From now on these count as going out; who is not among the answer must not be written to."""
        values = {"ids": list(ids), "token": token, "until": now + LEASE}
        return frozenset(await self._connection.scalars(_MARK, values))

    async def may_go(self, recipient_id: int, token: str, text_version: int) -> bool:
        """Whether it still runs with that text, is ours, and its reader has not asked for no more of it."""
        values = {"recipient": recipient_id, "token": token, "version": text_version}
        return bool(await self._connection.scalar(_MAY_GO, values))

    async def versions(self, ids: Collection[int]) -> Mapping[int, int]:
        """Of those that are being sent the ones that still may go, with the text that they are to have."""
        rows = await self._connection.execute(_VERSIONS, {"ids": list(ids)})
        return {row.id: row.text_version for row in rows}

    async def conclude(self, ended: Sequence[Concluded]) -> None:
        """Write how they ended; whoever's lease is another's by now has no say (fencing)."""
        if ended:
            await self._connection.execute(_CONCLUDE, [values_of(each) for each in ended])

    async def park_lost(self, now: datetime) -> int:
        """What was being sent when its sender died is uncertain, what was only leased is free again."""
        await self._connection.execute(_FREE, {"at": now})
        return (await self._connection.execute(_PARK, {"at": now})).rowcount

    async def counts(self, campaign_id: int) -> Mapping[str, int]:
        """How many of a campaign are in which state, the holdout too."""
        counted = select(_R.state, func.count().label("n")).where(_R.campaign_id == campaign_id)
        rows = await self._connection.execute(counted.group_by(_R.state))
        return {row.state: row.n for row in rows}

    async def list_to_correct(self, most: int, but: Collection[int] = ()) -> tuple[ToCorrect, ...]:
        """Messages of a former text that are to say the new one."""
        rows = await self._connection.execute(_TO_CORRECT, {"most": most, "but": list(but)})
        return tuple(ToCorrect(**row._mapping) for row in rows)

    async def corrected(self, done: Sequence[tuple[int, int]]) -> None:
        """These say the text of that version now, as well as they can."""
        if done:
            rows = [{"recipient": each, "version": version} for each, version in done]
            await self._connection.execute(_CORRECTED, rows)


_UNDER_WAY = text("campaign_recipients.state IN ('leased', 'sending')")
_GOING = built(select(_C.id, _C.per_minute).where(_RUNNING).order_by(_C.id))
_NEXT = (
    select(_R.id)
    .where(_R.campaign_id == bindparam("campaign"), text("campaign_recipients.state = 'new'"))
    .order_by(_R.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_LEASE = built(
    update(campaign_recipients)
    .where(_R.id.in_(_NEXT))
    .values(state="leased", lease=bindparam("token"), leased_until=bindparam("until"))
    .returning(_R.id)
)
_DETAILS = built(
    select(
        _R.id,
        _R.campaign_id,
        _R.contact_id,
        _R.is_holdout,
        _R.lease,
        reaches.c.platform,
        reaches.c.bot_id,
        reaches.c.chat_id,
        func.coalesce(contacts.c.language, "fa").label("language"),
        preferences.c.promotions,
        preferences.c.hours,
    )
    .select_from(
        campaign_recipients.join(contacts, contacts.c.id == _R.contact_id)
        .outerjoin(preferences, preferences.c.contact_id == _R.contact_id)
        .outerjoin(identities, identities.c.contact_id == _R.contact_id)
        .outerjoin(reaches, and_(reaches.c.identity_id == identities.c.id, reaches.c.blocked_at.is_(None)))
    )
    .where(_R.id.in_(bindparam("ids", expanding=True)))
    .order_by(_R.id, reaches.c.seen_at.desc().nulls_last())
)
_MARK = built(
    update(campaign_recipients)
    .where(
        _R.id.in_(bindparam("ids", expanding=True)),
        text("campaign_recipients.state = 'leased'"),
        _R.lease == bindparam("token"),
        _R.campaign_id.in_(select(_C.id).where(_RUNNING)),
    )
    .values(state="sending", leased_until=bindparam("until"))
    .returning(_R.id)
)
_MAY_GO = built(
    select(_R.id)
    .join(campaigns, _C.id == _R.campaign_id)
    .outerjoin(preferences, preferences.c.contact_id == _R.contact_id)
    .where(
        _R.id == bindparam("recipient"),
        _R.lease == bindparam("token"),
        text("campaign_recipients.state = 'sending'"),
        _RUNNING,
        _C.text_version == bindparam("version"),
        or_(preferences.c.promotions.is_(None), preferences.c.promotions),
    )
)
_VERSIONS = built(
    select(_R.id, _C.text_version)
    .join(campaigns, _C.id == _R.campaign_id)
    .outerjoin(preferences, preferences.c.contact_id == _R.contact_id)
    .where(
        _R.id.in_(bindparam("ids", expanding=True)),
        text("campaign_recipients.state = 'sending'"),
        _RUNNING,
        or_(preferences.c.promotions.is_(None), preferences.c.promotions),
    )
)
_CONCLUDE = built(
    update(campaign_recipients)
    .where(_R.id == bindparam("recipient"), _R.lease == bindparam("token"), _UNDER_WAY)
    .values(
        state=bindparam("to"),
        reason=bindparam("why", type_=String()),
        lease=null(),
        leased_until=bindparam("until", type_=Instant()),
        platform=bindparam("on", type_=String()),
        bot_id=bindparam("bot", type_=Key),
        chat_id=bindparam("chat", type_=Key),
        message_id=bindparam("message", type_=Key),
        text_version=bindparam("version"),
        sent_at=bindparam("at", type_=Instant()),
    )
)
_FREE = built(
    update(campaign_recipients)
    .where(text("campaign_recipients.state = 'leased'"), _R.leased_until < bindparam("at", type_=Instant()))
    .values(state="new", lease=null(), leased_until=null())
)
_PARK = built(
    update(campaign_recipients)
    .where(text("campaign_recipients.state = 'sending'"), _R.leased_until < bindparam("at", type_=Instant()))
    .values(state="uncertain", reason="lost", lease=null(), leased_until=null())
)
_TO_CORRECT = built(
    select(
        _R.id,
        _R.platform,
        _R.bot_id,
        _R.chat_id,
        _R.message_id,
        func.coalesce(contacts.c.language, "fa").label("language"),
        _C.text_version,
    )
    .select_from(
        campaign_recipients.join(campaigns, _C.id == _R.campaign_id).join(
            contacts, contacts.c.id == _R.contact_id
        )
    )
    .where(
        _C.corrects_sent,
        text("campaigns.state IN ('running', 'paused', 'finished')"),
        text("campaign_recipients.state = 'sent'"),
        _R.message_id.is_not(None),
        _R.text_version < _C.text_version,
        _R.id.not_in(bindparam("but", expanding=True)),
    )
    .order_by(_R.id)
    .limit(bindparam("most"))
)
_CORRECTED = built(
    update(campaign_recipients)
    .where(_R.id == bindparam("recipient"))
    .values(text_version=bindparam("version"))
)
