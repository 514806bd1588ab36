"""The town's people and orders as rows of their tables."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from domain.calendar import TEHRAN
from domain.orders import OPEN, OrderStatus
from domain.persian import search_key
from sandbox.state import BOT_ID
from sandbox.town_orders import Buyer, PastOrder
from sandbox.town_people import Firm, Shop, Society, Someone
from sandbox.town_prices import GROUPS
from sandbox.town_routes import ROUTES, route_rows

Rows = list[dict[str, Any]]
PLATFORM = "telegram"
_HOURS = {
    OrderStatus.PICKING: (-1, time(16, 30)),
    OrderStatus.LOADED: (0, time(7, 45)),
    OrderStatus.DELIVERED: (0, time(11, 10)),
    OrderStatus.PART_DELIVERED: (0, time(11, 40)),
}
"""When a step is done: so many days from the day of delivery, and the time."""


def people_rows(
    society: Society, met: datetime, joined: datetime, without: Collection[int]
) -> dict[str, Rows]:
    """Staff, customers and contacts, in the order in which their tables need each other."""
    persons = _person_rows(society.people, met, without)
    staff_ids = {each.name: each.number for each in society.people if each.role is not None}
    return {
        "staff": persons.pop("staff"),
        "routes": route_rows(staff_ids),
        **_firm_rows(society.firms, joined, without),
        **persons,
    }


def _firm_rows(firms: Sequence[Firm], joined: datetime, without: Collection[int]) -> dict[str, Rows]:
    tables: dict[str, Rows] = {"customers": [], "outlets": []}
    outlet_id = 0
    for number, firm in enumerate(firms, start=1):
        outlets = range(outlet_id + 1, outlet_id + 1 + len(firm.shops))
        outlet_id += len(firm.shops)
        if number in without:
            continue
        tables["customers"].append(
            {
                "id": number,
                "external_ref": f"C-{1_000 + number}",
                "name": firm.name,
                "name_key": search_key(firm.name),
                "kind": firm.kind.value,
                "group_id": GROUPS[firm.kind],
                # The named ones come first; how much the others buy is anybody's guess.
                "segment": "BCBC"[number - 1] if number <= 4 else "ABCCDD"[number % 6],
                "created_at": joined + timedelta(hours=number),
            }
        )
        tables["outlets"].extend(
            _outlet(each, number, shop) for each, shop in zip(outlets, firm.shops, strict=True)
        )
    return tables


def _outlet(outlet_id: int, customer_id: int, shop: Shop) -> dict[str, Any]:
    route = ROUTES[shop.route_id - 1]
    return {
        "id": outlet_id,
        "customer_id": customer_id,
        "name": shop.name,
        "city": route.city,
        "address": shop.address,
        "short_address": shop.short_address,
        "route_id": shop.route_id,
        "latitude": route.latitude + outlet_id % 7 / 1_000,
        "longitude": route.longitude - outlet_id % 11 / 1_000,
    }


def buyers(society: Society, without: Collection[int]) -> list[Buyer]:
    """Every customer with the ids of its outlets, and of the first of its contacts."""
    contact_of: dict[int, int] = {}
    for each in society.people:
        for customer_id in each.firms:
            contact_of.setdefault(customer_id, each.number)
    found, outlet_id = [], 1
    for number, firm in enumerate(society.firms, start=1):
        outlets = tuple(range(outlet_id, outlet_id + len(firm.shops)))
        outlet_id += len(firm.shops)
        if number not in without:
            found.append(Buyer(number, firm, outlets, contact_of[number]))
    return found


def _person_rows(people: Sequence[Someone], met: datetime, without: Collection[int]) -> dict[str, Rows]:
    """Staff and contacts, and the accounts of those whom the bot has met."""
    tables: dict[str, Rows] = {
        name: [] for name in ("staff", "contacts", "contact_roles", "identities", "reaches")
    }
    for each in people:
        firms = [firm for firm in each.firms if firm not in without]
        if each.role is not None:
            tables["staff"].append(
                {"id": each.number, "name": each.name, "role": each.role.value, "mobile": each.mobile}
            )
        elif firms:
            tables["contacts"].append({"id": each.number, "name": each.name, "mobile": each.mobile})
            tables["contact_roles"].extend(_contact_role(each, firm) for firm in firms)
        else:
            continue
        if each.is_linked:
            _account(each, met, tables)
    return tables


def _contact_role(each: Someone, firm: int) -> dict[str, Any]:
    return {
        "contact_id": each.number,
        "customer_id": firm,
        "may_order": each.may_order,
        "may_see_balance": each.may_see_balance,
        # Whoever sees the balance is the manager of the centre here.
        "may_approve": each.may_see_balance,
    }


def _account(each: Someone, met: datetime, tables: dict[str, Rows]) -> None:
    tables["identities"].append(
        {
            "id": each.number,
            "platform": PLATFORM,
            "user_id": each.user_id,
            "name": each.chat_name,
            "contact_id": each.number if each.role is None else None,
            "staff_id": each.number if each.role is not None else None,
            "created_at": met,
        }
    )
    tables["reaches"].append(
        {
            "platform": PLATFORM,
            "bot_id": BOT_ID,
            "chat_id": each.user_id,
            "identity_id": each.number,
            "seen_at": met,
        }
    )


def order_rows(past: Sequence[PastOrder], money: Callable[[PastOrder], dict[str, Any]]) -> dict[str, Rows]:
    """``money`` tells what an order says of its payment."""
    tables: dict[str, Rows] = {"orders": [], "order_lines": [], "order_events": []}
    for order_id, order in enumerate(past, start=1):
        placed_at = order.placed_at.astimezone(UTC)
        is_part = order.path[-1] is OrderStatus.PART_DELIVERED
        tables["orders"].append(
            {
                "id": order_id,
                "number": order.number,
                "customer_id": order.customer_id,
                "outlet_id": order.outlet_id,
                "contact_id": order.contact_id,
                "status": order.path[-1].value,
                "channel": order.channel.value,
                "deliver_on": order.deliver_on,
                "net_rials": sum(line.toman * line.quantity for line in order.lines) * 10,
                "vat_rials": sum(line.tax for line in order.lines),
                **money(order),
                "line_count": len(order.lines),
                "created_at": placed_at - timedelta(minutes=9),
                "placed_at": placed_at,
            }
        )
        tables["order_lines"].extend(
            {
                "order_id": order_id,
                "position": position,
                "product_id": line.product_id,
                "quantity": line.quantity,
                "later": line.quantity // 2 if position == 0 and is_part else 0,
                "unit_price_rials": line.toman * 10,
                "vat_basis_points": line.vat,
            }
            for position, line in enumerate(order.lines)
        )
        tables["order_events"].extend(
            {"order_id": order_id, "status": status.value, "at": _at(order, status)} for status in order.path
        )
    return tables


def _at(order: PastOrder, status: OrderStatus) -> datetime:
    if status not in _HOURS:
        return order.placed_at.astimezone(UTC) + timedelta(minutes=40 * (status is OrderStatus.CANCELLED))
    days, hour = _HOURS[status]
    day: date = order.deliver_on + timedelta(days=days)
    return max(datetime.combine(day, hour, TEHRAN), order.placed_at).astimezone(UTC)


def reserved(past: Sequence[PastOrder]) -> dict[int, int]:
    """Units that the orders on their way have taken, by product."""
    taken: dict[int, int] = {}
    for order in past:
        if order.path[-1] in OPEN:
            for line in order.lines:
                taken[line.product_id] = taken.get(line.product_id, 0) + line.quantity
    return taken
