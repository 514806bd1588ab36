"""Looking for something, and coming back to what was found.

What was looked for is kept under an id that the buttons of the results carry: they work for as long as it
is kept, whatever the person has done meanwhile.
"""

from __future__ import annotations

from datetime import datetime

from domain.actors import Actor
from domain.catalogue import Found, Shelf
from domain.errors import SearchForgotten
from domain.persian import search_key
from domain.search_misses import MOST_MISSED
from services.catalogue import LONGEST_SEARCH, open_product, search, search_written
from storage.unit_of_work import UnitOfWork


async def look_for(uow: UnitOfWork, actor: Actor, text: str, now: datetime) -> Found:
    """The products that are called so, or that such an order names. Raises TooFewLetters.

    What was looked for is kept; until one of the results is opened it counts as a search without a pick.
    """
    named, shelf = await _found(uow, actor, text, now)
    if shelf.total == 1:
        return Found(text=named, shelf=shelf)
    kept = await note_search(uow, actor, named, now, shelf.total)
    return Found(text=named, shelf=shelf, search_id=kept)


async def note_search(uow: UnitOfWork, actor: Actor, text: str, now: datetime, found: int = 0) -> int:
    """Keep what was looked for, also as a line of a written order; its id. Our own people's teach nothing."""
    assert actor.identity.id is not None
    return await uow.searches.put(
        actor.identity.id,
        text[:LONGEST_SEARCH],
        now,
        customer_id=actor.customer_id,
        key=None if actor.staff_id is not None else search_key(text)[:MOST_MISSED] or None,
        found=found,
    )


async def open_found(uow: UnitOfWork, actor: Actor, search_id: int, now: datetime, page: int = 1) -> Found:
    """A page of what one's own search finds by now."""
    text = await _text_of(uow, actor, search_id)
    named, shelf = await _found(uow, actor, text, now, page)
    return Found(text=named, shelf=shelf, search_id=search_id)


async def open_last_found(uow: UnitOfWork, actor: Actor, now: datetime, page: int = 1) -> Found:
    """The same of one's newest search, for buttons that do not say which one they mean."""
    last = await uow.searches.last(actor.identity.id or 0)
    if last is None:
        raise SearchForgotten
    search_id, text = last
    named, shelf = await _found(uow, actor, text, now, page)
    return Found(text=named, shelf=shelf, search_id=search_id)


async def open_found_product(
    uow: UnitOfWork, actor: Actor, search_id: int, product_id: int, now: datetime
) -> Shelf:
    """One product, as seen from the results of one's own search: it is what was looked for."""
    if not await uow.searches.pick(search_id, actor.identity.id or 0, product_id):
        raise SearchForgotten
    return await open_product(uow, product_id, actor, now)


async def _text_of(uow: UnitOfWork, actor: Actor, search_id: int) -> str:
    text = await uow.searches.find(search_id, actor.identity.id or 0)
    if text is None:
        raise SearchForgotten
    return text


async def _found(uow: UnitOfWork, actor: Actor, text: str, now: datetime, page: int = 1) -> tuple[str, Shelf]:
    shelf = await search(uow, text, actor, now, page)
    if shelf.offers:
        return text, shelf
    named, written = await search_written(uow, text, actor, now)
    return (named, written) if written.offers else (text, shelf)
