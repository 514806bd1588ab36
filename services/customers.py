"""Who speaks."""

from dataclasses import replace
from datetime import datetime

from domain.actors import Actor, Identity, Stranger
from domain.errors import NotAllowed, Refusal
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


async def identify_again(uow: UnitOfWork, actor: Actor, bot_id: int, now: datetime) -> Actor:
    """The same, after this update's work was rolled back: what was noted of somebody new went with it."""
    who = actor.identity
    known = await uow.customers.identity_id(who.platform, who.user_id)
    if known is not None:
        return replace(actor, identity=replace(who, id=known))
    actor = replace(actor, identity=replace(who, id=await uow.customers.put_identity(who, now)))
    if who.chat_id == who.user_id:
        await uow.customers.put_reach(actor.identity, bot_id, now)
    return actor


async def note_reach(uow: UnitOfWork, by: Actor, bot_id: int, now: datetime, *, is_blocked: bool) -> None:
    """The person has blocked us, or let us in again: whether they can be written to."""
    who = by.identity
    await uow.customers.mark_blocked(who.platform, bot_id, who.user_id, now if is_blocked else None)


async def name_manager(uow: UnitOfWork, by: Actor | None, no: Refusal) -> None:
    """A refusal for a missing right also says who can give it: the manager of the person's centre (S0.5)."""
    if isinstance(no, NotAllowed) and no.manager is None and by is not None and by.customer_id is not None:
        no.manager = await uow.settings.manager_name(by.customer_id)
