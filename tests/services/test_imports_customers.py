"""Customers from files, with their outlets and the people who order."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import insert

from domain.imports.errors import CellFault
from domain.imports.rows import ImportKind
from services.customers import identify
from storage.tables.calendar import routes
from storage.tables.people import contact_roles, contacts, customers
from storage.unit_of_work import Store
from tests.conftest import NOW
from tests.services.importing import CUSTOMERS, REZAEI, counts, row_counts, row_of, rows_of, take

KIND = ImportKind.CUSTOMERS
NEGIN = ("C2", "سالن نگین", "سالن", "کرج", "گوهردشت، بلوار اصلی ۸", "", "", "", "10103344552")
TABLES = ("customers", "outlets", "contacts", "contact_roles", "customer_groups")


async def test_customers_come_with_outlet_contact_and_group(store: Store, tmp_path: Path) -> None:
    report = await take(store, tmp_path, KIND, CUSTOMERS, REZAEI, NEGIN)
    assert counts(report) == (2, 0, 0, 0)
    assert report.added == {"groups": ("طلایی",)}
    customer = await row_of(store, "customers", external_ref="C1")
    group = await row_of(store, "customer_groups", name="طلایی")
    assert (customer["kind"], customer["group_id"], customer["is_active"]) == ("pharmacy", group["id"], True)
    outlet = await row_of(store, "outlets", customer_id=customer["id"])
    assert (outlet["name"], outlet["city"]) == ("سعادت‌آباد", "تهران")
    assert outlet["short_address"] == "سعادت‌آباد، سرو غربی ۴۲"
    contact = await row_of(store, "contacts", mobile="09121234567")
    assert contact["name"] == "دکتر رضایی"
    role = await row_of(store, "contact_roles", contact_id=contact["id"])
    assert (role["customer_id"], role["may_order"]) == (customer["id"], True)


async def test_the_same_customers_twice_change_nothing(store: Store, tmp_path: Path) -> None:
    await take(store, tmp_path, KIND, CUSTOMERS, REZAEI, NEGIN)
    before = await row_counts(store), [await rows_of(store, table) for table in TABLES]
    assert counts(await take(store, tmp_path, KIND, CUSTOMERS, REZAEI, NEGIN)) == (0, 0, 2, 0)
    assert before == (await row_counts(store), [await rows_of(store, table) for table in TABLES])


async def test_a_dry_run_tells_the_same_and_writes_nothing(store: Store, tmp_path: Path) -> None:
    before = await row_counts(store)
    tried = await take(store, tmp_path, KIND, CUSTOMERS, REZAEI, NEGIN, is_dry=True)
    assert await row_counts(store) == before
    done = await take(store, tmp_path, KIND, CUSTOMERS, REZAEI, NEGIN)
    assert (counts(tried), tried.added) == (counts(done), done.added)


async def test_a_moved_customer_keeps_its_outlet_and_what_is_not_said(store: Store, tmp_path: Path) -> None:
    await take(store, tmp_path, KIND, CUSTOMERS, REZAEI)
    before = await row_of(store, "outlets")
    moved = (*REZAEI[:4], "ونک، ملاصدرا ۱۰", "", "", "", "")
    assert counts(await take(store, tmp_path, KIND, CUSTOMERS, moved)) == (0, 1, 0, 0)
    after = await row_of(store, "outlets")
    assert (after["id"], after["name"], after["short_address"]) == (before["id"], "ونک", "ونک، ملاصدرا ۱۰")
    assert (await row_of(store, "customers"))["group_id"] is not None
    assert len(await rows_of(store, "contact_roles")) == 1


async def test_a_second_person_of_a_customer_is_added_and_rights_are_left_alone(
    store: Store, tmp_path: Path
) -> None:
    await take(store, tmp_path, KIND, CUSTOMERS, REZAEI)
    async with store.unit_of_work() as uow:
        await uow.connection.execute(contact_roles.update().values(may_order=False))
    other = (*REZAEI[:5], "09351112233", "خانم نادری", "", "")
    assert counts(await take(store, tmp_path, KIND, CUSTOMERS, other)) == (0, 1, 0, 0)
    assert counts(await take(store, tmp_path, KIND, CUSTOMERS, REZAEI)) == (0, 0, 1, 0)
    assert sorted(role["may_order"] for role in await rows_of(store, "contact_roles")) == [False, True]


async def test_one_person_may_order_for_several_customers(store: Store, tmp_path: Path) -> None:
    other = ("C3", "شعبه دو", "داروخانه", "تهران", "ونک", REZAEI[5], "رضایی (شعبه)", "", "")
    assert counts(await take(store, tmp_path, KIND, CUSTOMERS, REZAEI, other)) == (2, 0, 0, 0)
    assert [row["name"] for row in await rows_of(store, "contacts")] == ["دکتر رضایی"]
    assert len(await rows_of(store, "contact_roles")) == 2
    assert counts(await take(store, tmp_path, KIND, CUSTOMERS, REZAEI, other)) == (0, 0, 2, 0)


async def test_somebody_who_registered_in_chat_is_the_same_person(store: Store, tmp_path: Path) -> None:
    async with store.unit_of_work() as uow:
        await uow.connection.execute(insert(contacts).values(id=7, name="رضا", mobile="09121234567"))
    await take(store, tmp_path, KIND, CUSTOMERS, (*REZAEI[:6], "", "", ""))
    (contact,) = await rows_of(store, "contacts")
    assert (contact["id"], contact["name"]) == (7, "رضا")


async def test_a_national_id_belongs_to_one_customer(store: Store, tmp_path: Path) -> None:
    async with store.unit_of_work() as uow:
        await uow.connection.execute(
            insert(customers).values(
                name="از گفتگو", name_key="-", kind="salon", national_id="0084575948", created_at=NOW
            )
        )
    again = ("C4", *NEGIN[1:])
    taken = ("C5", *NEGIN[1:8], "۰۰۸۴۵۷۵۹۴۸")
    report = await take(store, tmp_path, KIND, CUSTOMERS, NEGIN, again, taken)
    assert [(error.row, error.column, error.fault) for error in report.errors] == [
        (3, "شناسه ملی", CellFault.TAKEN),
        (4, "شناسه ملی", CellFault.TAKEN),
    ]
    assert counts(report) == (1, 0, 0, 2)


async def test_a_route_must_be_there(store: Store, tmp_path: Path) -> None:
    async with store.unit_of_work() as uow:
        await uow.connection.execute(insert(routes).values(id=3, name="غرب ۳", weekdays="0,2"))
    headers = (*CUSTOMERS[:5], "مسیر")
    report = await take(store, tmp_path, KIND, headers, (*REZAEI[:5], "غرب 3"), (*NEGIN[:5], "شرق ۱"))
    assert [(error.row, error.fault, error.value) for error in report.errors] == [
        (3, CellFault.UNKNOWN_ROUTE, "شرق ۱")
    ]
    assert (await row_of(store, "outlets"))["route_id"] == 3


async def test_names_of_an_unmoved_outlet_stay_as_people_gave_them(store: Store, tmp_path: Path) -> None:
    headers = (*CUSTOMERS[:5], "نشانی کوتاه")
    await take(store, tmp_path, KIND, headers, (*REZAEI[:5], "سرو غربی، کنار بانک"))
    assert counts(await take(store, tmp_path, KIND, CUSTOMERS[:5], REZAEI[:5])) == (0, 0, 1, 0)
    assert (await row_of(store, "outlets"))["short_address"] == "سرو غربی، کنار بانک"


async def test_an_imported_customer_is_known_by_the_mobile(store: Store, tmp_path: Path) -> None:
    await take(store, tmp_path, KIND, CUSTOMERS, REZAEI)
    async with store.unit_of_work() as uow:
        known = await uow.customers.find_by_mobile("09121234567")
        assert known is not None
        identity_id = (
            await identify(
                uow, platform="telegram", bot_id=1, user_id=5, chat_id=5, name="-", now=NOW, is_reading=False
            )
        ).identity.id
        assert identity_id is not None
        await uow.customers.link(identity_id, contact_id=known.id)
    async with store.reading() as uow:
        actor = await identify(
            uow, platform="telegram", bot_id=1, user_id=5, chat_id=5, name="-", now=NOW, is_reading=True
        )
    assert actor.require_customer().name == "داروخانه دکتر رضایی"
    assert actor.rights.may_order
