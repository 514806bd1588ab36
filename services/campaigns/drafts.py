"""Campaigns that have not begun: making, changing, copying and listing them."""

from __future__ import annotations

from datetime import datetime

from domain.actors import Actor
from domain.audiences import CampaignTally
from domain.campaigns import Campaign, CampaignKind
from domain.deals import Deal
from storage.unit_of_work import UnitOfWork


async def make_draft(
    uow: UnitOfWork,
    actor: Actor,
    kind: CampaignKind,
    now: datetime,
    *,
    promotion_id: int | None = None,
    product_id: int | None = None,
) -> Campaign:
    """A new draft; its name, end and, where there is only one, its product come from what it is about."""
    raise NotImplementedError


async def copy(uow: UnitOfWork, actor: Actor, campaign_id: int, now: datetime) -> Campaign:
    """A new draft that says the same to the same segment."""
    raise NotImplementedError


async def get(uow: UnitOfWork, actor: Actor, campaign_id: int) -> Campaign:
    raise NotImplementedError


async def change(uow: UnitOfWork, actor: Actor, wanted: Campaign, now: datetime) -> Campaign:
    """Keep the draft as ``wanted`` has it: ``dataclasses.replace`` of what ``get`` gave, with its version.

    What may differ: name, promotion, product, conditions, text, photo, buttons, quantity, end, holdout,
    speed, and whether shops with complaints or overdue invoices get it. Changing a scheduled one keeps its
    time, but a second manager has to agree anew.
    """
    raise NotImplementedError


async def cancel(uow: UnitOfWork, actor: Actor, campaign_id: int, version: int, now: datetime) -> Campaign:
    """Give up a draft or a scheduled one. What goes out is ended by ``end``."""
    raise NotImplementedError


async def list_promotions(uow: UnitOfWork, actor: Actor, now: datetime) -> tuple[Deal, ...]:
    """S5.2: the promotions of today, the ones that end first at the top."""
    raise NotImplementedError


async def list_drafts(uow: UnitOfWork, actor: Actor) -> tuple[Campaign, ...]:
    """The last ones first."""
    raise NotImplementedError


async def list_scheduled(uow: UnitOfWork, actor: Actor) -> tuple[Campaign, ...]:
    """The next ones first."""
    raise NotImplementedError


async def list_reports(
    uow: UnitOfWork, actor: Actor, page: int, per_page: int = 8
) -> tuple[tuple[Campaign, ...], int]:
    """Whatever has begun, the last ones first: a page, and how many there are."""
    raise NotImplementedError


async def tally(uow: UnitOfWork, actor: Actor) -> CampaignTally:
    raise NotImplementedError
