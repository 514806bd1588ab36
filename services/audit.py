"""What is written down about who did, or was refused, what."""

from datetime import datetime

from domain.actors import Actor
from domain.errors import Refusal
from storage.unit_of_work import UnitOfWork


async def note_denial(
    uow: UnitOfWork, by: Actor | None, no: Refusal, asked: str | None, now: datetime
) -> None:
    """A wish was refused. Of what was asked only a button's data is kept, never typed text."""
    facts = {"refusal": type(no).__name__, "asked": (asked or "")[:64]}
    await uow.audit.write(by, "denied", "wish", None, now, facts)
