"""Who speaks."""

from dataclasses import replace
from datetime import datetime

from domain.actors import Actor, Identity, Stranger
from storage.customers import SEEN_AGAIN
from storage.unit_of_work import UnitOfWork


async def identify(
    uow: UnitOfWork,
    *,
    platform: str,
    bot_id: int,
    user_id: int,
    chat_id: int,
    name: str,
    now: datetime,
    is_reading: bool,
) -> Actor:
    """The person behind an account. A writing unit of work also notes who is new and where to write to."""
    found = await uow.customers.by_messenger(platform, bot_id, user_id, chat_id)
    if found is None:
        identity = Identity(id=None, platform=platform, user_id=user_id, chat_id=chat_id, name=name)
        actor, seen_at = Actor(identity=identity, person=Stranger()), None
    else:
        actor, seen_at = found
    if is_reading:
        return actor
    if actor.identity.id is None:
        known = await uow.customers.put_identity(actor.identity, now)
        actor = replace(actor, identity=replace(actor.identity, id=known))
    # Only a private chat with the person is a place to write to them.
    if chat_id == user_id and (seen_at is None or now - seen_at > SEEN_AGAIN):
        await uow.customers.put_reach(actor.identity, bot_id, now)
    return actor
