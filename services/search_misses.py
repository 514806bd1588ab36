"""«جست‌وجوهای بی‌نتیجه این هفته»: what was looked for without a pick, and what we make of it."""

from __future__ import annotations

from datetime import datetime, timedelta

from domain.actors import Actor
from domain.calendar import today_in_tehran
from domain.notifications import Notification, Recipient
from domain.persian import search_key
from domain.search_misses import LOOKED_BACK, MissOpen, SearchMiss, likely_brands, unknown_part
from domain.search_words import search_words
from domain.staff import Role
from services.brand_aliases import add_alias
from services.catalogue import nearest
from storage.unit_of_work import UnitOfWork

NAMING = (Role.MANAGER, Role.SUPPORT)
PER_PAGE = 8
TOLD = 5
"""So many of them are named in the word of the week."""
SATURDAY = 5
WANTED_FOR = timedelta(days=3)


async def list_misses(
    uow: UnitOfWork, actor: Actor, now: datetime, page: int = 1
) -> tuple[tuple[SearchMiss, ...], bool]:
    """A page of this week's, and whether there are more; pages count from 1."""
    actor.require_staff(*NAMING)
    found = await uow.searches.list_missed(now - LOOKED_BACK, PER_PAGE + 1, (max(page, 1) - 1) * PER_PAGE)
    return found[:PER_PAGE], len(found) > PER_PAGE


async def open_miss(uow: UnitOfWork, actor: Actor, search_id: int, now: datetime) -> MissOpen:
    """One of them, with the brands and products that may have been meant."""
    actor.require_staff(*NAMING)
    miss = await uow.searches.get_missed(search_id, now - LOOKED_BACK)
    alias = await _alias(uow, miss.text)
    return MissOpen(
        miss=miss,
        alias=alias,
        brands=likely_brands(alias, await uow.brand_aliases.names()),
        near=await nearest(uow, miss.text, actor, now),
    )


async def _alias(uow: UnitOfWork, text: str) -> str:
    """What of it nothing is called by: that is what somebody calls a brand."""
    lexicon = await uow.index.lexicon()
    known = [all(lexicon.count(part) for part in search_words(word)) for word in text.split()]
    return unknown_part(text, known)


async def make_alias(uow: UnitOfWork, actor: Actor, search_id: int, brand_id: int, now: datetime) -> str:
    """That brand is called so too from now on, and search finds it; the name. Raises NameTaken."""
    actor.require_staff(*NAMING)
    miss = await uow.searches.get_missed(search_id, now - LOOKED_BACK)
    alias = await _alias(uow, miss.text)
    await add_alias(uow, actor, brand_id, alias, now)
    await uow.searches.settle(search_id, now)
    return alias


async def name_brand(
    uow: UnitOfWork, actor: Actor, search_id: int, text: str, now: datetime
) -> tuple[tuple[int, str], ...]:
    """The brands that were typed as the one that is meant."""
    actor.require_staff(*NAMING)
    await uow.searches.get_missed(search_id, now - LOOKED_BACK)
    key = search_key(text)
    names = await uow.brand_aliases.names() if key else ()
    exact = tuple(each for each in names if key in search_key(each[1]))[:PER_PAGE]
    return exact or likely_brands(text, names)


async def leave(uow: UnitOfWork, actor: Actor, search_id: int, now: datetime) -> None:
    """Nothing is to be done about it."""
    actor.require_staff(*NAMING)
    miss = await uow.searches.get_missed(search_id, now - LOOKED_BACK)
    await uow.searches.settle(search_id, now)
    await uow.audit.write(actor, "search.left", "search", search_id, now, {"text": miss.text})


async def tell_week(uow: UnitOfWork, now: datetime) -> int:
    """Once a week, from Saturday on: what was looked and wished for; how many of us are told."""
    today = today_in_tehran(now)
    saturday = today - timedelta(days=(today.weekday() - SATURDAY) % 7)
    misses = await uow.searches.list_missed(now - LOOKED_BACK, TOLD, 0)
    wishes = await uow.requested_goods.count_since(now - LOOKED_BACK)
    if not misses and not wishes:
        return 0
    people = await uow.staff.list_active(*NAMING)
    facts = {
        "misses": [{"text": each.text, "times": each.times, "customers": each.customers} for each in misses],
        "wishes": wishes,
    }
    await uow.outbox.put(
        *(
            Notification(
                key=f"search_week:{saturday.isoformat()}:{each.id}",
                kind="search_week",
                to=Recipient(staff_id=each.id),
                subject_id=saturday.toordinal(),
                due_at=now,
                expires_at=now + WANTED_FOR,
                facts=facts,
            )
            for each in people
        )
    )
    return len(people)
