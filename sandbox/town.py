"""An invented distributor to try the bot in: «پخش آرمان‌طب», its goods, its customers, and their past year.

The same seed and day make the same town. All dates are relative to the day, so it is fresh whenever it
is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from domain.bank_accounts import BANK_ACCOUNTS
from domain.calendar import TEHRAN, Route
from domain.holidays import holidays
from domain.staff import Role
from jobs.associations import sweep_associations
from sandbox.pictures import draw_all
from sandbox.town_accounts import NEXT_RECEIPT, NEXT_TICKET, accounts, order_money
from sandbox.town_campaigns import campaign_rows
from sandbox.town_company import ACCOUNTS, LETTERHEAD
from sandbox.town_demo import Model
from sandbox.town_orders import NEXT_NUMBER, YEAR, Past
from sandbox.town_people import Society, Someone, society
from sandbox.town_prices import CHAIN_ID, OWN, Prices, group_rows, list_rows
from sandbox.town_products import brand_rows, category_rows, models, product_rows
from sandbox.town_promotions import promotion_rows, term_rows
from sandbox.town_routes import ROUTES
from sandbox.town_rows import PLATFORM, Rows, buyers, order_rows, people_rows, reserved
from sandbox.town_words import learned_rows
from storage.unit_of_work import Store

NEXT_REQUEST = 228
THE_PHARMACY = 1
"""The customer that registers in the scripts; a town can be made as it was before that."""
ACQUAINTANCE = timedelta(days=200)


@dataclass(frozen=True, slots=True)
class Town:
    """What was made: whom one can play, and by which name a script knows them."""

    day: date
    society: Society
    without: frozenset[int]

    def user_id(self, known_as: str) -> int:
        """The messenger's id of somebody whom the scripts know (``town_people.PHARMACY`` and its like)."""
        return next(each.user_id for each in self.society.people if each.known_as == known_as)


async def fill(
    store: Store, day: date, seed: int = 1, *, without: frozenset[int] = frozenset(), pictures: bool = True
) -> Town:
    """Lay the town down in an empty, migrated database, as it stands in the first minute of that day.

    ``without`` names customers (by id) that have not joined yet; their people are strangers then.
    """
    everybody, goods = society(seed), models(seed)
    prices = Prices(goods, day, seed)
    free = holidays()
    past = Past(goods, prices, _routes(), list(free), day, seed)
    orders = past.orders(buyers(everybody, without))
    met = datetime.combine(day - ACQUAINTANCE, time(12), TEHRAN).astimezone(UTC)
    drawn = draw_all({(model.shape, model.brand) for model in goods}) if pictures else {}
    contents = {content: number for number, content in enumerate(dict.fromkeys(drawn.values()), start=1)}
    photos = {key: contents[content] for key, content in drawn.items()}
    joined = datetime.combine(day - YEAR, time(9), TEHRAN).astimezone(UTC) - timedelta(days=30)
    books = accounts(orders, goods, day, _first(everybody, Role.FINANCE), without)
    tables: dict[str, Rows] = {
        "customer_groups": group_rows(),
        "categories": category_rows(),
        "brands": brand_rows(),
        "files": _file_rows(contents, met),
        "holidays": [{"day": each, "name": name} for each, name in free.items()],
        **people_rows(everybody, met, joined, without),
        "products": product_rows(goods, photos),
        "price_lists": [row for row in list_rows() if row["customer_id"] not in without],
        "prices": [row for row in prices.rows() if row["price_list_id"] != OWN or CHAIN_ID not in without],
        "stock": _stock_rows(goods, reserved(orders)),
        **promotion_rows(goods, day),
        **campaign_rows(len(everybody.firms), without, day, _first(everybody, Role.MANAGER), goods),
        "payment_terms": term_rows(len(everybody.firms), without),
        "learned_phrases": learned_rows(goods, without, met),
        **order_rows(orders, lambda order: order_money(order, books.terms[order.customer_id])),
        **books.tables,
    }
    async with store.unit_of_work() as uow:
        for table, rows in tables.items():
            await uow.bulk.put(table, rows)
        await uow.index.refresh()
        await uow.company.put(LETTERHEAD, met)
        await uow.company.decide(BANK_ACCOUNTS, [each.facts() for each in ACCOUNTS], met)
        await uow.audit.set_counter("order", NEXT_NUMBER - 1)
        await uow.audit.set_counter("request", NEXT_REQUEST - 1)
        await uow.audit.set_counter("invoice", books.last_invoice)
        await uow.audit.set_counter("receipt", NEXT_RECEIPT - 1)
        await uow.audit.set_counter("dispute", NEXT_TICKET - 1)
        await uow.audit.set_counter("bank_account", len(ACCOUNTS))
    await sweep_associations(store, datetime.combine(day, time(), TEHRAN).astimezone(UTC))
    return Town(day, everybody, without)


def _first(everybody: Society, role: Role) -> int:
    return next(each.number for each in everybody.people if each.role is role)


def people(town: Town) -> list[dict[str, Any]]:
    """Everybody as the sandbox wants them told; whom the bot knows, it may write to first."""
    return [_person(each, town) for each in town.society.people]


async def people_of(store: Store, seed: int = 1) -> list[dict[str, Any]]:
    """The same, of a town that was made before: whoever has joined since is known now, too."""
    async with store.reading() as uow:
        accounts = await uow.bulk.list_accounts(PLATFORM)
    known = {
        each.user_id: player(each.user_id, each.name, each.phone, each.role, each.customer)
        for each in accounts
    }
    strangers = [
        player(each.user_id, each.chat_name, each.mobile, None, None)
        for each in society(seed).people
        if each.user_id not in known
    ]
    return [*known.values(), *strangers]


def player(
    user_id: int, name: str, mobile: str | None, role: str | None, customer: str | None
) -> dict[str, Any]:
    """One person for the sandbox: a phone number there is written with the country in front."""
    first_name, _, last_name = name.rpartition(" ")
    return {
        "id": user_id,
        "first_name": first_name or last_name,
        "last_name": last_name if first_name else None,
        "phone": f"98{mobile[1:]}" if mobile else None,
        "role": role or "stranger",
        "customer": customer,
        "started": role is not None,
    }


def _person(each: Someone, town: Town) -> dict[str, Any]:
    if not each.is_linked or (each.firms and set(each.firms) <= town.without):
        return player(each.user_id, each.chat_name, each.mobile, None, None)
    firm = next((firm for firm in each.firms if firm not in town.without), None)
    name = town.society.firms[firm - 1].name if firm else None
    return player(each.user_id, each.chat_name, each.mobile, each.role or "customer", name)


def _routes() -> list[Route]:
    return [
        Route(id=number, name=each.name, weekdays=frozenset(int(day) for day in each.weekdays.split(",")))
        for number, each in enumerate(ROUTES, start=1)
    ]


def _file_rows(contents: Mapping[bytes, int], at: datetime) -> Rows:
    return [
        {
            "id": number,
            "sha256": sha256(content).hexdigest(),
            "name": f"product-{number}.png",
            "mime_type": "image/png",
            "size": len(content),
            "content": content,
            "created_at": at,
        }
        for content, number in contents.items()
    ]


def _stock_rows(goods: Sequence[Model], taken: Mapping[int, int]) -> Rows:
    """On the shelf is what can be promised, what is promised already, and a little kept back."""
    return [
        {
            "product_id": product_id,
            "on_hand": model.available + taken.get(product_id, 0) + product_id % 3,
            "reserved": taken.get(product_id, 0),
            "safety": product_id % 3,
        }
        for product_id, model in enumerate(goods, start=1)
    ]
