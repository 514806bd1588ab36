"""A town of random customers, and a plain reading of segments over it: what SQL must agree with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from domain.audiences import Exclusion
from domain.calendar import today_in_tehran
from domain.customers import CustomerKind
from domain.promotion_rules import Scope
from domain.segments import (
    AllOf,
    AnyOf,
    Bought,
    CityIn,
    GroupIn,
    InterestIn,
    KindIn,
    LastOrder,
    Node,
    Not,
    Opinion,
    OpinionIn,
    Overdue,
    RouteIn,
    SegmentIn,
    TagIn,
)
from storage.audience import Asked
from storage.unit_of_work import UnitOfWork
from tests.conftest import NOW

CITIES, TAGS = ("تهران", "کرج", "قم"), ("vip", "new", "far")
GROUPS, ROUTES, CATEGORIES, PRODUCTS = range(1, 4), range(1, 4), range(1, 4), range(1, 7)
TODAY = today_in_tehran(NOW)
DAY = timedelta(days=1)
GOODS = {product: (1 + product % 3, 1 + product % 2) for product in PRODUCTS}
"""The category and brand of each product."""
Rows = dict[str, list[dict[str, Any]]]


@dataclass(slots=True)
class Person:
    may_order: bool
    is_active: bool
    wants: bool
    heard: int
    reaches: list[tuple[int, bool]]
    """For each account when it was seen, in minutes before now, and whether it blocked the bot."""


@dataclass(slots=True)
class Shop:
    """One customer, with all that a condition may ask."""

    id: int
    is_active: bool
    kind: CustomerKind
    segment: str | None
    group_id: int | None
    cities: set[str]
    routes: set[int]
    bought: list[tuple[int, float]] = field(default_factory=list)
    """Product and days ago, of what was bought and not given away."""
    ordered: list[float] = field(default_factory=list)
    """Days ago of each order, whatever is in it."""
    due: list[int] = field(default_factory=list)
    """Days since each open invoice was due."""
    interests: set[int] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    score: int | None = None
    complains: bool = False
    people: list[Person] = field(default_factory=list)


def is_in(shop: Shop, node: Node) -> bool:
    """The plain reading of a segment."""
    match node:
        case AllOf(parts):
            return all(is_in(shop, each) for each in parts)
        case AnyOf(parts):
            return any(is_in(shop, each) for each in parts)
        case Not(part):
            return not is_in(shop, part)
    return _is(shop, node)


def _is(shop: Shop, node: Node) -> bool:
    match node:
        case KindIn(kinds):
            return shop.kind in kinds
        case SegmentIn(segments):
            return shop.segment in segments
        case GroupIn(ids):
            return shop.group_id in ids
        case CityIn(cities):
            return bool(shop.cities & cities)
        case RouteIn(ids):
            return bool(shop.routes & ids)
        case TagIn(tags):
            return bool(shop.tags & tags)
        case InterestIn(ids):
            return bool(shop.interests & ids)
    return _happened(shop, node)


def _happened(shop: Shop, node: Node) -> bool:
    match node:
        case Bought(goods, days) if goods == Scope():
            return any(ago <= days for ago in shop.ordered)
        case Bought(goods, days):
            return any(ago <= days and goods.covers(it, *GOODS[it], None) for it, ago in shop.bought)
        case LastOrder(days, is_older):
            return any(ago <= days for ago in shop.ordered) is not is_older
        case Overdue(days):
            return any(ago > days for ago in shop.due)
        case OpinionIn(opinions):
            return shop.score is not None and _opinion(shop.score) in opinions
    raise AssertionError(node)


def _opinion(score: int) -> Opinion:
    return Opinion.PROMOTER if score >= 9 else Opinion.PASSIVE if score >= 7 else Opinion.DETRACTOR


def reason(shop: Shop, asked: Asked) -> Exclusion | None:
    """The plain reading of S5.4: the first reason why a customer gets nothing."""
    acting = [each for each in shop.people if each.may_order and each.is_active and each.reaches]
    wanting = [each for each in acting if each.wants]
    hearing = [each for each in wanting if each.heard < asked.rules.promotions_a_week]
    reached = [each for each in hearing if any(not blocked for _, blocked in each.reaches)]
    steps = (
        (not acting, Exclusion.NOT_CONNECTED),
        (not wanting, Exclusion.OPTED_OUT),
        (not hearing, Exclusion.CAPPED),
        (not reached, Exclusion.BLOCKED),
        (shop.complains and not asked.with_complaints, Exclusion.COMPLAINT),
        (
            any(ago > asked.rules.overdue_days_spared for ago in shop.due) and not asked.with_overdue,
            Exclusion.OVERDUE,
        ),
    )
    return next((why for holds, why in steps if holds), None)


async def lay_town(uow: UnitOfWork, random: Random, how_many: int) -> list[Shop]:
    """That many customers with everything about them, as rows."""
    rows: Rows = _shelves()
    shops = [_shop(number, random, rows) for number in range(1, how_many + 1)]
    for table, several in rows.items():
        await uow.bulk.put(table, several)
    return shops


def _shelves() -> Rows:
    return {
        "customer_groups": [{"id": each, "name": f"group {each}"} for each in GROUPS],
        "staff": [{"id": 1, "name": "مدیر", "role": "manager"}],
        "routes": [{"id": each, "name": f"route {each}", "weekdays": "5"} for each in ROUTES],
        "categories": [{"id": each, "name": f"category {each}"} for each in CATEGORIES],
        "brands": [{"id": each, "name": f"brand {each}"} for each in (1, 2)],
        "products": [
            {
                "id": each, "code": f"p{each}", "name": f"product {each}", "short_name": f"product {each}",
                "label": f"product {each}", "search_key": f"product {each}",
                "category_id": GOODS[each][0], "brand_id": GOODS[each][1],
            }
            for each in PRODUCTS
        ],
        "campaigns": [
            {
                "id": each, "name": "earlier", "kind": "announcement", "state": "finished",
                "conditions": {}, "counts": {}, "made_by": 1, "created_at": NOW,
            }
            for each in range(1, 5)
        ],
        **{
            table: []
            for table in (
                "customers", "outlets", "contacts", "contact_roles", "identities", "reaches", "preferences",
                "orders", "order_lines", "invoices", "invoice_lines", "customer_tags", "surveys", "tickets",
                "disputes", "campaign_recipients",
            )
        },
    }  # fmt: skip


def _shop(number: int, random: Random, rows: Rows) -> Shop:
    shop = Shop(
        id=number,
        is_active=random.random() > 0.1,
        kind=random.choice(tuple(CustomerKind)),
        segment=random.choice(("A", "B", "C", "D", None)),
        group_id=random.choice((*GROUPS, None)),
        cities=set(random.sample(CITIES, random.randint(1, 2))),
        routes=set(random.sample(ROUTES, random.randint(0, 2))),
        tags=set(random.sample(TAGS, random.randint(0, 2))),
    )
    rows["customers"].append(
        {
            "id": number, "name": f"shop {number}", "name_key": f"shop {number}", "kind": shop.kind.value,
            "group_id": shop.group_id, "segment": shop.segment, "is_active": shop.is_active,
            "created_at": NOW,
        }
    )  # fmt: skip
    places = [(city, None) for city in shop.cities] + [(min(shop.cities), route) for route in shop.routes]
    rows["outlets"] += [
        {
            "customer_id": number, "name": "x", "city": city, "address": "x", "short_address": "x",
            "route_id": route,
        }
        for city, route in places
    ]  # fmt: skip
    rows["customer_tags"] += [{"customer_id": number, "tag": tag} for tag in sorted(shop.tags)]
    _people(shop, random, rows)
    _orders(shop, random, rows)
    _debts(shop, random, rows)
    _voices(shop, random, rows)
    return shop


def _people(shop: Shop, random: Random, rows: Rows) -> None:
    for _ in range(random.choice((0, 1, 1, 1, 2, 3))):
        person = Person(
            may_order=random.random() > 0.1,
            is_active=random.random() > 0.05,
            wants=random.random() > 0.2,
            heard=random.choice((0, 0, 1, 2, 3)),
            reaches=[
                (random.randint(1, 10**6), random.random() < 0.3)
                for _ in range(random.choice((0, 1, 1, 1, 2)))
            ],
        )
        shop.people.append(person)
        _person(shop, person, random, rows)


def _person(shop: Shop, person: Person, random: Random, rows: Rows) -> None:
    key = len(rows["contacts"]) + 1
    rows["contacts"].append({"id": key, "name": f"person {key}", "is_active": person.is_active})
    rows["contact_roles"].append({"contact_id": key, "customer_id": shop.id, "may_order": person.may_order})
    chosen = set(random.sample(CATEGORIES, random.randint(0, 2)))
    if not person.wants or chosen or random.random() > 0.5:
        shop.interests |= chosen
        rows["preferences"].append(
            {
                "contact_id": key,
                "promotions": person.wants,
                "category_ids": ",".join(map(str, sorted(chosen))),
            }
        )
    for minutes, is_blocked in person.reaches:
        identity = len(rows["identities"]) + 1
        rows["identities"].append(
            {
                "id": identity, "platform": "telegram", "user_id": identity, "contact_id": key,
                "created_at": NOW,
            }
        )  # fmt: skip
        rows["reaches"].append(
            {
                "platform": "telegram", "bot_id": 1, "chat_id": identity, "identity_id": identity,
                "seen_at": NOW - timedelta(minutes=minutes), "blocked_at": NOW if is_blocked else None,
            }
        )  # fmt: skip
    _heard(key, shop, person, random, rows)


def _heard(key: int, shop: Shop, person: Person, random: Random, rows: Rows) -> None:
    """What they got in the week or are about to get, and what does not count: long ago, failed, held back."""
    ways: list[tuple[str, datetime | None, bool]] = [
        random.choice((("sent", NOW - 2 * DAY, False), ("uncertain", NOW - DAY, False), ("new", None, False)))
        for _ in range(person.heard)
    ]
    if len(ways) < 4 and not any(row["customer_id"] == shop.id for row in rows["campaign_recipients"][-4:]):
        ways.append(
            random.choice(
                (("sent", NOW - 8 * DAY, False), ("failed", None, False), ("held", NOW - DAY, True))
            )
        )
    taken = {row["campaign_id"] for row in rows["campaign_recipients"] if row["customer_id"] == shop.id}
    free = [each for each in range(1, 5) if each not in taken]
    person.heard = min(person.heard, len(free))
    for campaign_id, (state, sent_at, is_holdout) in zip(free, ways, strict=False):
        rows["campaign_recipients"].append(
            {
                "campaign_id": campaign_id, "customer_id": shop.id, "contact_id": key, "state": state,
                "sent_at": sent_at, "is_holdout": is_holdout,
            }
        )  # fmt: skip


def _orders(shop: Shop, random: Random, rows: Rows) -> None:
    for _ in range(random.choice((0, 1, 2, 4))):
        ago = random.choice((0.5, 5, 29.9, 31, 100))
        status = random.choice(("delivered", "placed", "cancelled", "draft"))
        key = len(rows["orders"]) + 1
        rows["orders"].append(
            {
                "id": key, "number": None if status == "draft" else key, "customer_id": shop.id,
                "outlet_id": len(rows["outlets"]), "status": status, "channel": "bot", "created_at": NOW,
                "placed_at": None if status == "draft" else NOW - timedelta(days=ago),
            }
        )  # fmt: skip
        counts = status in {"delivered", "placed"}
        if counts:
            shop.ordered.append(ago)
        for position, product in enumerate(random.sample(PRODUCTS, random.randint(1, 2)), start=1):
            rows["order_lines"].append(
                {
                    "order_id": key, "position": position, "product_id": product, "quantity": 1,
                    "unit_price_rials": 1, "vat_basis_points": 0,
                }
            )  # fmt: skip
            if counts:
                shop.bought.append((product, ago))


def _debts(shop: Shop, random: Random, rows: Rows) -> None:
    """Invoices of the company's own books: they are owed, and what is on them was bought."""
    for _ in range(random.choice((0, 0, 1, 2))):
        ago = random.choice((-3, 0, 5, 31, 90))
        is_open, is_void = random.random() > 0.3, random.random() < 0.1
        issued = max(ago, 0) + random.choice((0, 20, 300))
        key = len(rows["invoices"]) + 1
        rows["invoices"].append(
            {
                "id": key, "number": key, "customer_id": shop.id, "issued_on": TODAY - issued * DAY,
                "due_on": TODAY - ago * DAY, "term": {}, "gross_rials": 10, "net_rials": 10, "vat_rials": 0,
                "total_rials": 10, "open_rials": 10 if is_open else 0, "is_void": is_void,
                "created_at": NOW,
            }
        )  # fmt: skip
        bought, given = random.sample(PRODUCTS, 2)
        rows["invoice_lines"] += [
            {
                "invoice_id": key, "position": position, "product_id": product, "name": "x", "unit": "piece",
                "quantity": 1, "unit_price_rials": 1, "vat_basis_points": 0, "vat_rials": 0,
                "is_bonus": product == given,
            }
            for position, product in enumerate((bought, given), start=1)
        ]  # fmt: skip
        if not is_void:
            shop.ordered.append(issued)
            shop.bought.append((bought, issued))
        if is_open and not is_void:
            shop.due.append(ago)


def _voices(shop: Shop, random: Random, rows: Rows) -> None:
    """Answers to our question, and what is complained about."""
    mine = [row["id"] for row in rows["orders"] if row["customer_id"] == shop.id]
    contact = next(
        (row["contact_id"] for row in rows["contact_roles"] if row["customer_id"] == shop.id), None
    )
    if contact is None:
        return
    for number, order_id in enumerate(mine):
        score = random.choice((None, 0, 6, 7, 8, 9, 10))
        shop.score = shop.score if score is None else score
        rows["surveys"].append(
            {
                "order_id": order_id, "customer_id": shop.id, "contact_id": contact,
                "state": "answered" if score is not None else "expired", "delivered_at": NOW, "due_at": NOW,
                "score": score, "answered_at": None if score is None else NOW - (30 - number) * DAY,
            }
        )  # fmt: skip
    word = random.choice(("ticket", "solved", "dispute", "answered", None, None, None, None))
    shop.complains = word in {"ticket", "dispute"}
    if word in {"ticket", "solved"}:
        rows["tickets"].append(
            {
                "number": shop.id, "kind": "survey", "customer_id": shop.id, "subject": "x", "due_at": NOW,
                "state": "open" if word == "ticket" else "solved", "created_at": NOW,
            }
        )  # fmt: skip
    if word in {"dispute", "answered"}:
        rows["disputes"].append(
            {
                "number": shop.id, "customer_id": shop.id, "contact_id": contact, "created_at": NOW,
                "state": "open" if word == "dispute" else "answered",
            }
        )  # fmt: skip
