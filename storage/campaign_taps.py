"""What a recipient has tapped under a campaign's message. Only the person it was sent to can."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.campaign_taps import TappedMessage
from domain.campaigns import RecipientState
from domain.errors import NotFound
from storage.tables.campaigns import campaign_recipients, campaigns
from storage.tables.people import customers

_R, _C = campaign_recipients.c, campaigns.c
TOLD = (RecipientState.SENDING.value, RecipientState.SENT.value, RecipientState.UNCERTAIN.value)
"""Whoever taps has the message, even where we do not know of it yet, or never learned."""


class CampaignTaps:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, recipient_id: int, *, of: int) -> TappedMessage:
        """The message, if it was sent to that contact."""
        wanted = (
            select(
                _R.id, _R.campaign_id, _R.customer_id, _R.clicked_at, _R.opted_out_at,
                _C.promotion_id, _C.product_id, _C.quantity, _C.ends_on, customers.c.name,
            )
            .join_from(campaign_recipients, campaigns, _C.id == _R.campaign_id)
            .join(customers, customers.c.id == _R.customer_id)
            .where(_R.id == recipient_id, _R.contact_id == of, _R.state.in_(TOLD), _R.is_holdout.is_(False))
        )  # fmt: skip
        row = (await self._connection.execute(wanted)).one_or_none()
        if row is None:
            raise NotFound
        return TappedMessage(
            recipient_id=row.id,
            campaign_id=row.campaign_id,
            customer_id=row.customer_id,
            customer_name=row.name,
            promotion_id=row.promotion_id,
            product_id=row.product_id,
            quantity=row.quantity,
            ends_on=row.ends_on,
            clicked_at=row.clicked_at,
            opted_out_at=row.opted_out_at,
        )

    async def put_click(self, recipient_id: int, now: datetime) -> bool:
        """The first tap is kept, whatever comes after; whether it was the first."""
        first = update(campaign_recipients).where(_R.id == recipient_id, _R.clicked_at.is_(None))
        return (await self._connection.execute(first.values(clicked_at=now))).rowcount == 1

    async def put_opt_out(self, recipient_id: int, at: datetime | None) -> bool:
        """When this message has made somebody ask for no more; None takes it back. Whether it is new."""
        is_other = _R.opted_out_at.is_(None) if at is not None else _R.opted_out_at.is_not(None)
        changed = update(campaign_recipients).where(_R.id == recipient_id, is_other)
        return (await self._connection.execute(changed.values(opted_out_at=at))).rowcount == 1
