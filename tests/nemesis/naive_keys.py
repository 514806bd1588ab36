"""The naive variant of what says each reminder once: what was said is known by the moment at which it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.notifications import Notification
from storage.instruments import Cheques
from storage.notifications import Outbox

_put = Outbox.put


async def _put_by_moment(outbox: Outbox, *told: Notification) -> None:
    """The same reminder an hour later has another key."""
    await _put(outbox, *(replace(each, key=f"{each.key}:{each.due_at:%m%d%H%M}") for each in told))


async def _no_notes(_cheques: Cheques, _cheque_id: int, _kind: str) -> tuple[object, ...]:
    """Nobody looks what has been said of a cheque."""
    return ()


def remember_moments(patch: pytest.MonkeyPatch) -> None:
    """All is ours but what is remembered."""
    patch.setattr(Outbox, "put", _put_by_moment)
    patch.setattr(Cheques, "list_notes", _no_notes)
