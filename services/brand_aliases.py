"""What brands are called besides their names: whoever sells puts it in, and search finds by it at once."""

from __future__ import annotations

from datetime import datetime

from domain.actors import Actor
from domain.brand_aliases import NamedBrand, alias_text
from domain.guide_errors import NameTaken
from domain.persian import search_key
from domain.staff import Role
from storage.unit_of_work import UnitOfWork

NAMING = (Role.MANAGER, Role.SUPPORT)
PER_PAGE = 10


async def list_brands(
    uow: UnitOfWork, actor: Actor, page: int = 1
) -> tuple[tuple[tuple[int, str, int], ...], bool]:
    """A page of brands, each with how many other names it has; and whether there are more."""
    actor.require_staff(*NAMING)
    found = await uow.brand_aliases.page(PER_PAGE + 1, (max(page, 1) - 1) * PER_PAGE)
    return found[:PER_PAGE], len(found) > PER_PAGE


async def find_brands(uow: UnitOfWork, actor: Actor, text: str) -> tuple[tuple[int, str], ...]:
    """The brands whose name has what was typed in it, a page of them."""
    actor.require_staff(*NAMING)
    key = search_key(text)
    names = await uow.brand_aliases.names() if key else ()
    return tuple((brand_id, name) for brand_id, name in names if key in search_key(name))[:PER_PAGE]


async def open_brand(uow: UnitOfWork, actor: Actor, brand_id: int) -> NamedBrand:
    actor.require_staff(*NAMING)
    return await uow.brand_aliases.get(brand_id)


async def add_alias(uow: UnitOfWork, actor: Actor, brand_id: int, text: str, now: datetime) -> NamedBrand:
    """It is called so too. Raises NameTaken where it is called so already."""
    actor.require_staff(*NAMING)
    alias = alias_text(text)
    brand = await uow.brand_aliases.get(brand_id)
    if brand.is_called(alias):
        raise NameTaken(alias)
    await uow.brand_aliases.put([(brand_id, alias)])
    await refresh(uow, [brand_id])
    await uow.audit.write(actor, "alias.added", "brand", brand_id, now, {"alias": alias})
    return await uow.brand_aliases.get(brand_id)


async def drop_alias(uow: UnitOfWork, actor: Actor, alias_id: int, now: datetime) -> NamedBrand:
    """It is called so no more."""
    actor.require_staff(*NAMING)
    brand_id, alias = await uow.brand_aliases.find(alias_id)
    await uow.brand_aliases.drop(alias_id)
    await refresh(uow, [brand_id])
    await uow.audit.write(actor, "alias.dropped", "brand", brand_id, now, {"alias": alias})
    return await uow.brand_aliases.get(brand_id)


async def refresh(uow: UnitOfWork, brand_ids: list[int]) -> None:
    """What the products of these brands are called by is written down anew."""
    await uow.index.refresh(await uow.brand_aliases.products(brand_ids))
