"""A registration on its way: kept with every answer, so that it can be left and gone on with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.actors import Actor, Stranger
from domain.registration import Begun
from storage.unit_of_work import UnitOfWork


async def find(uow: UnitOfWork, by: Actor) -> Begun | None:
    """Where this stranger stopped; None for whoever is known or has not begun."""
    if by.identity.id is None or not isinstance(by.person, Stranger):
        return None
    return await uow.begun.find(by.identity.id)


async def keep(uow: UnitOfWork, by: Actor, step: str, answers: Mapping[str, Any], now: datetime) -> None:
    """``step`` names the question that comes next."""
    assert by.identity.id is not None
    await uow.begun.put(by.identity.id, step, answers, now)


async def forget(uow: UnitOfWork, by: Actor) -> None:
    """It was sent, or is started over."""
    if by.identity.id is not None:
        await uow.begun.drop(by.identity.id)
