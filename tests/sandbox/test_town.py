from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from struct import unpack
from typing import Any
from zlib import decompress

import pytest
from sqlalchemy import func, select

from domain.calendar import Route, delivery_days
from domain.holidays import holidays
from domain.orders import OPEN, OrderStatus
from sandbox.pictures import draw_all
from sandbox.town import fill, people, people_of
from sandbox.town_people import KNOWN, PHARMACY, SALON, society
from sandbox.town_products import gtin, models
from storage.tables import metadata
from storage.unit_of_work import Store

STORY_DAY = date(2026, 11, 21)


async def rows(store: Store, table: str) -> list[Any]:
    async with store.reading() as uow:
        found = await uow.connection.execute(select(metadata.tables[table]))
        return list(found.all())


async def test_the_first_shelves_are_those_of_the_scripts(town: Store) -> None:
    names = [row.name for row in sorted(await rows(town, "categories"), key=lambda row: row.position)]
    on_shelf = Counter(row.category_id for row in await rows(town, "products"))
    assert names[:4] == ["مراقبت مو", "دهان و دندان", "مصرفی پزشکی", "ضدآفتاب"]
    assert [on_shelf[number] for number in (1, 2, 3, 4)] == [84, 37, 52, 29]
    assert len(names) == 12
    assert sum(on_shelf.values()) >= 300
    assert len(await rows(town, "brands")) == 40


async def test_the_stock_holds_what_is_promised(town: Store) -> None:
    on_the_way = {row.id for row in await rows(town, "orders") if OrderStatus(row.status) in OPEN}
    promised: Counter[int] = Counter()
    for line in await rows(town, "order_lines"):
        if line.order_id in on_the_way:
            promised[line.product_id] += line.quantity - line.later
    stock = {row.product_id: row for row in await rows(town, "stock")}
    assert on_the_way
    assert {each: row.reserved for each, row in stock.items() if row.reserved} == dict(promised)
    available = {
        row.label: stock[row.id].on_hand - stock[row.id].reserved - stock[row.id].safety
        for row in await rows(town, "products")
    }
    assert (available["رنگ ۷/۳"], available["ماسک موی سپیدار"], available["سرم مو نگاره"]) == (8, 6, 0)


async def test_numbers_go_on_where_the_scripts_begin(town: Store) -> None:
    numbers = sorted(row.number for row in await rows(town, "orders"))
    assert numbers == list(range(40_521 - len(numbers), 40_521))
    async with town.unit_of_work() as uow:
        assert await uow.audit.next_number("order", 40_521) == 40_521


async def test_the_salon_has_last_ordered_on_the_twentieth(town: Store) -> None:
    last = max(
        (row for row in await rows(town, "orders") if row.customer_id == 2), key=lambda row: row.number
    )
    assert last.placed_at.date() == STORY_DAY - timedelta(days=10)
    assert last.net_rials + last.vat_rials == 58_212_000
    assert last.status == "delivered"


async def test_the_totals_of_orders_are_those_of_their_lines(town: Store) -> None:
    async with town.reading() as uow:
        lines = metadata.tables["order_lines"].c
        net = func.sum(lines.quantity * lines.unit_price_rials)
        found = await uow.connection.execute(
            select(lines.order_id, net.label("net")).group_by(lines.order_id)
        )
        net_of = {row.order_id: row.net for row in found}
    assert net_of == {row.id: row.net_rials for row in await rows(town, "orders")}


async def test_a_year_lies_behind_and_nothing_ahead(town: Store) -> None:
    placed = [row.placed_at for row in await rows(town, "orders")]
    assert STORY_DAY - min(placed).date() > timedelta(days=350)
    assert max(placed).date() < STORY_DAY
    events = await rows(town, "order_events")
    assert max(event.at for event in events).date() < STORY_DAY
    for earlier, later in pairwise(sorted(events, key=lambda event: (event.order_id, event.id))):
        assert earlier.order_id != later.order_id or earlier.at <= later.at


@pytest.mark.parametrize("day", [STORY_DAY, date(2026, 3, 25), date(2027, 8, 14)])
async def test_the_same_seed_and_day_make_the_same_town(
    sqlite_store: Store, tmp_path: Any, day: date
) -> None:
    from storage.unit_of_work import open_store
    from tests.databases import new_sqlite

    await fill(sqlite_store, day, pictures=False)
    again = open_store(await new_sqlite(tmp_path))
    await fill(again, day, pictures=False)
    for table in ("products", "prices", "stock", "customers", "identities", "orders", "order_lines"):
        assert await rows(sqlite_store, table) == await rows(again, table), table
    await again.close()


def test_another_seed_makes_another_town() -> None:
    assert models(1) != models(2)
    assert [firm.name for firm in society(1).firms] != [firm.name for firm in society(2).firms]


async def test_people_are_who_the_database_says(store: Store) -> None:
    town = await fill(store, STORY_DAY, pictures=False)
    told = {each["id"]: each for each in people(town)}
    assert {each["id"]: each for each in await people_of(store)} == told
    assert told[town.user_id(PHARMACY)]["customer"] == "داروخانه دکتر رضایی"
    assert told[town.user_id(KNOWN)]["role"] == "stranger"
    assert len({each["phone"] for each in told.values()}) == len(told)


async def test_a_town_can_be_made_before_the_pharmacy_joins(store: Store) -> None:
    town = await fill(store, STORY_DAY, pictures=False, without=frozenset({1}))
    told = {each["id"]: each for each in people(town)}
    assert {each["id"]: each for each in await people_of(store)} == told
    assert told[town.user_id(PHARMACY)]["role"] == "stranger"
    assert told[town.user_id(SALON)]["role"] == "customer"
    assert all("رضایی" not in row.name for row in await rows(store, "customers"))


async def test_every_price_of_the_day_is_there_once(town: Store) -> None:
    valid = Counter(
        (row.price_list_id, row.product_id)
        for row in await rows(town, "prices")
        if row.valid_from <= STORY_DAY and (row.valid_until is None or row.valid_until >= STORY_DAY)
    )
    assert set(valid.values()) == {1}
    assert {product for price_list, product in valid if price_list == 1} == {
        row.id for row in await rows(town, "products")
    }


async def test_everything_that_is_sold_was_bought_for_less(town: Store) -> None:
    """Without what goods cost, no promotion could say what it has earned."""
    sold = {row.product_id: row.rials for row in await rows(town, "prices")}
    for product in await rows(town, "products"):
        assert 0 < product.cost_rials < sold[product.id], product.name


async def test_deliveries_are_on_days_of_their_routes(town: Store) -> None:
    free = {row.day for row in await rows(town, "holidays")}
    route_of = {row.id: row.route_id for row in await rows(town, "outlets")}
    routes = {
        row.id: Route(id=row.id, name=row.name, weekdays=frozenset(map(int, row.weekdays.split(","))))
        for row in await rows(town, "routes")
    }
    for order in (await rows(town, "orders"))[::40]:
        route = routes[route_of[order.outlet_id]]
        assert order.deliver_on == delivery_days(route, order.placed_at, free)[0]


def test_products_have_names_of_their_own() -> None:
    goods = models(1)
    assert len({model.name for model in goods}) == len(goods) == len({model.code for model in goods})
    assert all(len(model.label) <= 40 for model in goods)


def test_barcodes_end_in_their_check_digit() -> None:
    assert gtin("400638133393") == "4006381333931"


def test_holidays_hold_the_fixed_and_the_moving_ones() -> None:
    named = holidays()
    assert named[date(2026, 3, 21)] == "نوروز، عید فطر"
    assert named[date(2025, 7, 6)] == "عاشورا"


def test_a_picture_is_a_square_png() -> None:
    drawn = draw_all({("bottle", "آوین"), ("gloves", "مدی‌گارد")})
    for content in drawn.values():
        assert content[:8] == b"\x89PNG\r\n\x1a\n"
        assert unpack(">II", content[16:24]) == (480, 480)
        start = content.index(b"IDAT") + 4
        length = unpack(">I", content[start - 8 : start - 4])[0]
        assert len(decompress(content[start : start + length])) == 480 * (1 + 480 * 3)
    assert drawn == draw_all(set(drawn))
    assert len(set(drawn.values())) == 2
