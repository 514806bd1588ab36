"""After an outage, whoever was in the middle of something sees where it stands, with buttons that work."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.notifications import Notification, Recipient
from domain.outages import Outage
from services.notifications import still_true
from storage.unit_of_work import UnitOfWork

SOON = timedelta(seconds=5)
"""What was written in the outage comes first, and its answers with it."""
WORTH_TELLING = timedelta(hours=1)


async def tell_interrupted(uow: UnitOfWork, outage: Outage) -> int:
    """One message for each of them, once for each outage; how many they are."""
    found = await uow.interrupted.list_interrupted(outage)
    await uow.outbox.put(
        *(
            Notification(
                key=f"resumed:{outage.bot_id}:{int(outage.since.timestamp())}:{each.identity_id}",
                kind="resumed",
                to=Recipient(identity_id=each.identity_id),
                subject_id=each.identity_id,
                due_at=outage.until + SOON,
                expires_at=outage.until + WORTH_TELLING,
                facts={
                    "since": outage.since.isoformat(),
                    "until": outage.until.isoformat(),
                    "lines": each.line_count,
                    "is_asked": each.has_question,
                    "is_lost": outage.lost_messages,
                },
            )
            for each in found
        )
    )
    return len(found)


@still_true("resumed")
async def _still_waits(uow: UnitOfWork, told: Notification, _now: datetime) -> bool:
    """They have not come back by themselves meanwhile."""
    return not await uow.interrupted.is_back(
        told.subject_id, datetime.fromisoformat(str(told.facts["until"]))
    )
