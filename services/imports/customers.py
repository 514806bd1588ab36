"""Customers: found again by their code, each with its first outlet and the person who orders for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from domain.addresses import Place
from domain.imports.errors import CellFault, RowError
from domain.imports.layout import Layout, error_of
from domain.imports.rows import CustomerRow
from domain.persian import search_key
from services.imports.taking import Taken, name_ids, name_key
from storage.imports.batches import Step
from storage.imports.customers import ImportedCustomers, KnownContact, KnownCustomer
from storage.unit_of_work import UnitOfWork

FULL_RIGHTS = {"may_order": True, "may_see_balance": True, "may_approve": True}
"""The person whom the books name for a customer may do everything there, like one who registered it."""


async def take_customers(
    uow: UnitOfWork,
    layout: Layout,
    rows: Sequence[CustomerRow],
    now: datetime,
    *,
    is_dry: bool,
    step: Step,
) -> Taken:
    customers, taken = ImportedCustomers(uow.connection), Taken()
    add = None if is_dry else customers.add_groups
    groups, added = await name_ids([row.group for row in rows if row.group], customers.groups, add)
    taken.added = {"groups": added}
    checks = _Checks(
        layout,
        routes={name_key(name): key for name, key in (await customers.routes()).items()},
        owners=await customers.national_ids(),
    )
    known = await customers.by_code()
    people = _People(await customers.contacts(), await customers.roles())
    kept: list[CustomerRow] = []
    changes = _Changes()
    for row in rows:
        error = checks.error(row)
        if error is not None:
            taken.errors.append(error)
            continue
        kept.append(row)
        before = known.get(row.code)
        is_same = changes.compare(row, before, groups, checks.routes)
        is_known_person = people.note(row, before)
        taken.count(is_known=before is not None, is_same=is_same and is_known_person)
    if not is_dry:
        await _put(customers, changes, people, kept, now, step)
    return taken


async def _put(
    customers: ImportedCustomers,
    changes: _Changes,
    people: _People,
    rows: Sequence[CustomerRow],
    now: datetime,
    step: Step,
) -> None:
    await customers.put(changes.customers, now, step)
    ids = await customers.ids()
    new = [
        {"customer_id": ids[row["code"]], **{k: v for k, v in row.items() if k != "code"}}
        for row in changes.new_outlets
    ]
    await customers.put_outlets(new, changes.changed_outlets)
    await customers.put_contacts(people.contacts())
    contacts = await customers.contacts()
    roles = [
        {"contact_id": contacts[row.mobile].id, "customer_id": ids[row.code], **FULL_RIGHTS}
        for row in rows
        if row.mobile and people.is_new_role(row)
    ]
    await customers.put_roles(roles)


class _Checks:
    """What only the other customers and the routes can tell about a row."""

    def __init__(self, layout: Layout, routes: dict[str, int], owners: dict[str, str | None]) -> None:
        self._layout, self.routes, self._owners = layout, routes, owners

    def error(self, row: CustomerRow) -> RowError | None:
        if row.route and name_key(row.route) not in self.routes:
            return error_of(self._layout, row.number, "route", CellFault.UNKNOWN_ROUTE, row.route)
        if row.national_id and self._owners.setdefault(row.national_id, row.code) != row.code:
            return error_of(self._layout, row.number, "national_id", CellFault.TAKEN, row.national_id)
        return None


class _Changes:
    """The rows of customers and outlets that have to be written."""

    def __init__(self) -> None:
        self.customers: list[dict[str, Any]] = []
        self.new_outlets: list[dict[str, Any]] = []
        self.changed_outlets: list[dict[str, Any]] = []

    def compare(
        self, row: CustomerRow, before: KnownCustomer | None, groups: dict[str, int], routes: dict[str, int]
    ) -> bool:
        """True when customer and outlet are so already."""
        customer = {
            "external_ref": row.code,
            "name": row.name,
            "name_key": search_key(row.name)[:200],
            "kind": row.kind.value,
            "group_id": groups[name_key(row.group)] if row.group else None,
            "national_id": row.national_id,
        }
        outlet = _outlet(row, routes)
        if before is None:
            self.customers.append(customer)
            self.new_outlets.append({"code": row.code, **outlet})
            return False
        _keep_unsaid(customer, before.customer, ("group_id", "national_id"))
        is_same_customer = customer == before.customer
        if not is_same_customer:
            self.customers.append(customer)
        return self._compare_outlet(row, outlet, before) and is_same_customer

    def _compare_outlet(self, row: CustomerRow, outlet: dict[str, Any], before: KnownCustomer) -> bool:
        if before.outlet_id is None:
            self.new_outlets.append({"code": row.code, **outlet})
            return False
        _keep_unsaid(outlet, before.outlet, ("route_id",))
        if outlet["address"] == before.outlet["address"]:
            # Names that people gave to the same place are better than what is made of its address.
            outlet["name"] = before.outlet["name"]
            if not row.short_address:
                outlet["short_address"] = before.outlet["short_address"]
        if outlet == before.outlet:
            return True
        self.changed_outlets.append({"id": before.outlet_id, **outlet})
        return False


def _outlet(row: CustomerRow, routes: dict[str, int]) -> dict[str, Any]:
    place = Place(city=row.city, address=row.address)
    return {
        "name": place.district[:200],
        "city": row.city,
        "address": row.address,
        "short_address": row.short_address or place.short_address[:200],
        "route_id": routes[name_key(row.route)] if row.route else None,
    }


def _keep_unsaid(after: dict[str, Any], before: dict[str, Any], names: tuple[str, ...]) -> None:
    for name in names:
        if after[name] is None:
            after[name] = before[name]


class _People:
    """Who orders for whom. A mobile is one person, however many customers name it: the first name counts."""

    def __init__(self, known: dict[str, KnownContact], roles: set[tuple[int, int]]) -> None:
        self._known, self._roles = known, roles
        self._names: dict[str, str] = {}
        self._new_roles: set[str] = set()

    def note(self, row: CustomerRow, before: KnownCustomer | None) -> bool:
        """True when that person, and what they may do for this customer, are known already."""
        if row.mobile is None:
            return True
        known = self._known.get(row.mobile)
        is_first = row.mobile not in self._names
        name = self._names.setdefault(row.mobile, row.contact or (known.name if known else row.name)[:120])
        if known is None or before is None or (known.id, before.id) not in self._roles:
            self._new_roles.add(row.code)
            return False
        return not is_first or name == known.name

    def contacts(self) -> list[dict[str, str]]:
        """Those that have to be written."""
        return [
            {"mobile": mobile, "name": name}
            for mobile, name in self._names.items()
            if mobile not in self._known or self._known[mobile].name != name
        ]

    def is_new_role(self, row: CustomerRow) -> bool:
        return row.code in self._new_roles
