"""Products, categories, prices and stock for tests, written within the unit of work that is given."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import insert

from domain.catalogue import LOW_STOCK, Product, Unit
from domain.money import Rate, of_toman
from domain.persian import search_key
from storage.tables.catalogue import brands, categories, price_lists, prices, products, stock
from storage.unit_of_work import UnitOfWork
from storage.upsert import insert_or

LONG_AGO = date(2026, 3, 21)
_NUMBERS = count(1)


async def _put(uow: UnitOfWork, statement: Any) -> int:
    key = (await uow.connection.execute(statement)).inserted_primary_key
    assert key is not None
    return int(key[0])


async def a_category(
    uow: UnitOfWork, name: str | None = None, *, emoji: str = "🧴", position: int = 0
) -> int:
    """The id of a new category."""
    name = name or f"دسته {next(_NUMBERS)}"
    return await _put(uow, insert(categories).values(name=name, emoji=emoji, position=position))


async def a_brand(uow: UnitOfWork, name: str | None = None) -> int:
    """The id of a new brand."""
    return await _put(uow, insert(brands).values(name=name or f"برند {next(_NUMBERS)}"))


async def a_product(
    uow: UnitOfWork,
    name: str | None = None,
    *,
    code: str | None = None,
    category_id: int | None = None,
    toman: int | None = 148_000,
    on_hand: int | None = 1_000,
    position: int = 0,
    vat: int = 1_000,
    unit: Unit = Unit.PIECE,
    is_active: bool = True,
    **columns: Any,
) -> Product:
    """A product that can be sold: in a category of its own unless one is given, with a base price and stock.

    ``toman=None`` leaves it without a price, ``on_hand=None`` without a row of stock; ``columns`` are further
    columns of the table (barcode, short_name, label, family, variant, brand_id, carton, minimum, multiple…).
    """
    number = next(_NUMBERS)
    name = name or f"کالای {number}"
    row: dict[str, Any] = {
        "code": code or f"T{number}",
        "name": name,
        "short_name": name,
        "label": name,
        "category_id": category_id or await a_category(uow),
        "unit": unit,
        "is_active": is_active,
        **columns,
    }
    key = search_key(name)
    product_id = await _put(
        uow, insert(products).values(**row, search_key=key, position=position, vat_basis_points=vat)
    )
    await uow.index.refresh([product_id])
    if toman is not None:
        await a_price(uow, product_id, toman)
    if on_hand is not None:
        await put_stock(uow, product_id, on_hand)
    return Product(id=product_id, vat=Rate(vat), **row)


async def a_price_list(
    uow: UnitOfWork, name: str, *, group_id: int | None = None, customer_id: int | None = None
) -> int:
    """The id of the list of that name, made when it is new: of a customer, of a group, or the base list."""
    put = insert_or(uow.connection, price_lists).values(name=name, group_id=group_id, customer_id=customer_id)
    kept = put.on_conflict_do_update(index_elements=["name"], set_={"name": name})
    return int((await uow.connection.execute(kept.returning(price_lists.c.id))).scalar_one())


async def a_price(
    uow: UnitOfWork,
    product_id: int,
    toman: int,
    *,
    group_id: int | None = None,
    customer_id: int | None = None,
    since: date = LONG_AGO,
    until: date | None = None,
) -> None:
    """That price from a day on, in the list of the customer, of the group, or in the base list."""
    owner = f"customer {customer_id}" if customer_id else f"group {group_id}" if group_id else "پایه"
    price_list_id = await a_price_list(uow, owner, group_id=group_id, customer_id=customer_id)
    await uow.connection.execute(
        insert(prices).values(
            price_list_id=price_list_id,
            product_id=product_id,
            rials=of_toman(toman).rials,
            valid_from=since,
            valid_until=until,
        )
    )


async def put_stock(
    uow: UnitOfWork,
    product_id: int,
    on_hand: int,
    *,
    reserved: int = 0,
    safety: int = 0,
    low_at: int = LOW_STOCK,
) -> None:
    """So many units of that product from now on."""
    kept = {"on_hand": on_hand, "reserved": reserved, "safety": safety, "low_at": low_at}
    put = insert_or(uow.connection, stock).values(product_id=product_id, **kept)
    await uow.connection.execute(put.on_conflict_do_update(index_elements=["product_id"], set_=kept))
