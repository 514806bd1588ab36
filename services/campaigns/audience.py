"""Whom a campaign is for: counting, what there is to choose from, and lists that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.actors import Actor
from domain.audiences import AudienceCount, SegmentChoices
from domain.segments import Node, SavedSegment, SegmentNames
from storage.unit_of_work import UnitOfWork


async def count(uow: UnitOfWork, actor: Actor, campaign_id: int, now: datetime) -> AudienceCount:
    """S5.4: how many there are, why which of them get nothing, and how many would be set aside."""
    raise NotImplementedError


async def list_choices(uow: UnitOfWork, actor: Actor) -> SegmentChoices:
    """All cities, routes, groups, categories, tags and saved lists."""
    raise NotImplementedError


async def names_of(uow: UnitOfWork, nodes: Sequence[Node]) -> SegmentNames:
    """What the things in these segments are called."""
    raise NotImplementedError


async def list_saved(uow: UnitOfWork, actor: Actor) -> tuple[SavedSegment, ...]:
    raise NotImplementedError


async def save_list(uow: UnitOfWork, actor: Actor, name: str, node: Node, now: datetime) -> SavedSegment:
    """Keep a segment under a name; a list of that name is replaced."""
    raise NotImplementedError


async def remove_list(uow: UnitOfWork, actor: Actor, segment_id: int, now: datetime) -> None:
    """Take a list away; whatever still names it finds nobody in it."""
    raise NotImplementedError
