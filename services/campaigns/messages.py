"""What a campaign says to one customer: in a preview, and for those whose turn it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from domain.actors import Actor
from domain.audiences import Outlook
from domain.campaigns import CampaignMessage
from storage.unit_of_work import UnitOfWork


async def preview(
    uow: UnitOfWork, actor: Actor, campaign_id: int, customer_id: int | None, now: datetime
) -> CampaignMessage:
    """As that customer would see it; without one, as the first of the audience would."""
    raise NotImplementedError


async def other_example(
    uow: UnitOfWork, actor: Actor, campaign_id: int, after: int | None, now: datetime
) -> int | None:
    """Another customer of the audience, after that one and then from the beginning; None: nobody is in it."""
    raise NotImplementedError


async def outlook(uow: UnitOfWork, actor: Actor, campaign_id: int, now: datetime) -> Outlook:
    """What stands under a preview: how many get it, what is there, what to mind."""
    raise NotImplementedError


async def messages_for(
    uow: UnitOfWork, recipient_ids: Collection[int], now: datetime
) -> Mapping[int, CampaignMessage]:
    """The messages of these recipients, in few statements for hundreds of them.

    Left out is who cannot buy the product (any more), everybody when it is out of stock or the promotion
    has ended: they are to be skipped.
    """
    raise NotImplementedError
