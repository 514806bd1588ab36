"""getUpdates, with the habits of the real one."""

from __future__ import annotations

import time

from sandbox.errors import conflict
from sandbox.methods.register import slow_method
from sandbox.params import Params
from sandbox.people import Wire
from sandbox.state import Sandbox

LONGEST_POLL = 50
MOST_UPDATES = 100
# Asking again for the same within this many seconds is made to wait that long, against busy loops.
BUSY_LOOP = 3.0

OTHER_REQUEST = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@slow_method("getUpdates")
async def get_updates(box: Sandbox, params: Params) -> list[Wire]:
    if box.webhooks.url:
        raise conflict(WEBHOOK_ACTIVE)
    box.updates.interrupt(conflict(OTHER_REQUEST))
    box.ready = True
    kinds = params.json("allowed_updates", "can't parse allowed updates JSON object")
    if isinstance(kinds, list):
        box.updates.allow(str(kind) for kind in kinds)
    offset = params.integer("offset")
    box.updates.confirm(offset)
    limit = params.integer("limit", MOST_UPDATES)
    limit = limit if 1 <= limit <= MOST_UPDATES else MOST_UPDATES
    found = box.updates.take(limit)
    timeout = _patience(box, offset, params.integer("timeout"))
    if not found and timeout > 0:
        await box.updates.arrival(timeout)
        found = box.updates.take(limit)
    return found


def _patience(box: Sandbox, offset: int, timeout: int) -> float:
    """Return for how many real seconds this request may be kept waiting."""
    patience = float(min(max(timeout, 0), LONGEST_POLL))
    now, updates = time.monotonic(), box.updates
    if patience < BUSY_LOOP and offset == updates.polled_offset and now < updates.polled_at + BUSY_LOOP:
        patience = BUSY_LOOP
    updates.polled_offset, updates.polled_at = offset, now
    return patience
