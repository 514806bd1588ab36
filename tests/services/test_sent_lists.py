"""Lists that come as files and photos, and goods by their codes, on both databases."""

from __future__ import annotations

from datetime import datetime

import pytest

from domain.actors import Actor
from domain.errors import AlreadyDecided, NotAllowed, NotFound, TextRefused
from domain.imports.list_files import MOST_ROWS, facts_of, file_of, read_rows
from domain.product_codes import CodeFault
from domain.sent_lists import LeftBecause
from domain.staff import Role
from services import list_files, paper_lists
from services.product_codes import look_up_scanned, look_up_typed
from services.tasks import list_tasks
from storage.unit_of_work import Store
from tests.builders.catalogue import a_product
from tests.builders.orders import a_buyer
from tests.builders.people import a_colleague
from tests.builders.pictures import A_PICTURE

SHAMPOO, CREAM = "6260000010247", "6260000010254"


async def test_the_rows_of_a_file_become_lines_and_the_others_are_kept(store: Store, now: datetime) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        shampoo = await a_product(uow, "شامپو ضدشوره آوین ۲۵۰", code="1024", barcode=SHAMPOO, carton=24)
        cream = await a_product(uow, "کرم آبرسان درمالان ۵۰", code="2050", barcode=CREAM)
        asked = read_rows(
            [
                ["کد کالا", "بارکد", "نام کالا", "تعداد", "واحد"],
                [1024.0, "", "", 2.0, "کارتن"],
                ["", "۶۲۶۰۰۰۰۰۱۰۲۵۴", "", "۳", "عدد"],
                ["", "", "کرم آبرسان درمالان ۵۰", 4, "عدد"],
                ["9999", "", "", 4, ""],
                ["", "6260000010255", "", 4, ""],
                ["", "", "زیبق ققنوس", 4, "عدد"],
                ["", "", "شامپو", "زیاد", ""],
                ["2050", "", "", 0, ""],
            ]
        )
        done = await list_files.take_table(uow, buyer, asked, now)
    assert done.taken == 3
    assert [(each.row, each.why) for each in done.left] == [
        (5, LeftBecause.CODE),
        (6, LeftBecause.CHECK_DIGIT),
        (7, LeftBecause.UNKNOWN),
        (8, LeftBecause.MANY),
    ]
    async with store.reading() as uow:
        draft = await uow.orders.find_draft(buyer.customer_id or 0, buyer.contact_id or 0)
        kept = await list_files.open_left(uow, buyer, done.list_id)
        assert draft is not None
        assert {line.product_id: line.quantity for line in draft.lines} == {shampoo.id: 48, cream.id: 7}
        assert kept.rows_left == done.left
        with pytest.raises(NotFound):
            await list_files.open_left(uow, await _rival(store), done.list_id)


async def _rival(store: Store) -> Actor:
    async with store.unit_of_work() as uow:
        return await a_buyer(uow, name="فروشگاه دیگر")


async def test_a_file_fills_an_order_and_no_more(sqlite_store: Store, now: datetime) -> None:
    """An order holds 300 lines; ten thousand rows are read, and those without room are named."""
    async with sqlite_store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        goods = [await a_product(uow, f"کالای {at}", code=f"C{at:04}") for at in range(305)]
    table: list[list[object]] = [["کد", "تعداد"], *([each.code, 1] for each in goods)]
    table += [[f"X{at}", 1] for at in range(MOST_ROWS - len(table))]
    asked = file_of(facts_of(read_rows(table)))
    assert asked == read_rows(table)
    async with sqlite_store.unit_of_work() as uow:
        done = await list_files.take_table(uow, buyer, asked, now)
    assert done.taken == 300
    assert len(done.left) == MOST_ROWS - 1 - 300
    async with sqlite_store.reading() as uow:
        draft = await uow.orders.find_draft(buyer.customer_id or 0, buyer.contact_id or 0)
        assert draft is not None
        assert len(draft.lines) == 300


async def test_codes_lead_to_their_product(store: Store, now: datetime) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        shampoo = await a_product(uow, "شامپو", code="AV-250", barcode=SHAMPOO)
        washed = await a_product(uow, "صابون", barcode="0012345678905")
        gone = await a_product(uow, "کرم", barcode=CREAM, is_active=False)
    async with store.reading() as uow:
        for text in ("۶۲۶۰۰۰۰۰۱۰۲۴۷", f"بارکد {SHAMPOO}", "av-250", "کد AV-250", "06260000010247"):
            assert await look_up_typed(uow, text) == (shampoo.id, *(await look_up_typed(uow, text))[1:])
            assert (await look_up_typed(uow, text))[0] == shampoo.id, text
        assert (await look_up_typed(uow, "012345678905"))[0] == washed.id
        assert (await look_up_typed(uow, "6260000010248"))[2] is CodeFault.CHECK_DIGIT
        assert (await look_up_typed(uow, CREAM))[2] is CodeFault.UNKNOWN
        assert await look_up_typed(uow, "شامپو") == (None, "", None)
        found, missed = await look_up_scanned(uow, buyer, (CREAM, SHAMPOO, SHAMPOO, "http://x"), now)
    assert [offer.product.id for offer in found] == [shampoo.id]
    assert missed == (CREAM,)
    assert gone.id not in {offer.product.id for offer in found}


async def test_a_photo_is_a_task_until_the_first_colleague_has_typed_it(store: Store, now: datetime) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        powerless = await a_buyer(uow, colleague_of=buyer, may_order=False)
        support, other = await a_colleague(uow, Role.SUPPORT), await a_colleague(uow, Role.SUPPORT)
        warehouse = await a_colleague(uow, Role.WAREHOUSE)
        await a_product(uow, "شامپو ضدشوره آوین ۲۵۰", carton=24)
        page = await paper_lists.keep_page(uow, "page.png", "image/png", A_PICTURE, now)
    async with store.unit_of_work() as uow:
        assert await paper_lists.send(uow, buyer, page, None, now)
        assert await paper_lists.send(uow, buyer, page, None, now)
        ((task,), _more) = await list_tasks(uow, support, 1)
        assert (task.kind, task.customer_id) == ("paper_list", buyer.customer_id)
        with pytest.raises(NotAllowed):
            await paper_lists.send(uow, powerless, page, None, now)
    list_id = task.subject_id
    async with store.unit_of_work() as uow:
        with pytest.raises(NotFound):
            await paper_lists.open_list(uow, warehouse, list_id)
        with pytest.raises(TextRefused):
            await paper_lists.enter(uow, support, list_id, " ", now)
        with pytest.raises(NotFound):
            await paper_lists.open_draft(uow, buyer, list_id, now)
        _sent, clear, asked = await paper_lists.enter(
            uow, support, list_id, "۲ کارتن شامپو آوین ۲۵۰\n۳ عدد زیبق ققنوس", now
        )
        assert clear == 1
        assert len(asked) == 1
        with pytest.raises(AlreadyDecided):
            await paper_lists.enter(uow, other, list_id, "چیز دیگر", now)
        assert (await list_tasks(uow, support, 1))[0] == ()
    async with store.unit_of_work() as uow:
        assert await paper_lists.open_draft(uow, buyer, list_id, now) is not None
        await paper_lists.open_draft(uow, buyer, list_id, now)
        draft = await uow.orders.find_draft(buyer.customer_id or 0, buyer.contact_id or 0)
        assert draft is not None
        assert [line.quantity for line in draft.lines] == [48]
    rival = await _rival(store)
    async with store.unit_of_work() as uow:
        with pytest.raises(NotFound):
            await paper_lists.open_draft(uow, rival, list_id, now)


async def test_whoever_looks_after_the_customer_types_the_list(store: Store, now: datetime) -> None:
    async with store.unit_of_work() as uow:
        buyer = await a_buyer(uow)
        visitor, support = await a_colleague(uow, Role.VISITOR), await a_colleague(uow, Role.SUPPORT)
        await uow.account_managers.put(buyer.customer_id or 0, visitor.staff_id or 0)
        page = await paper_lists.keep_page(uow, "page.png", "image/png", A_PICTURE, now)
        await paper_lists.send(uow, buyer, page, None, now)
        assert len((await list_tasks(uow, visitor, 1))[0]) == 1
        assert (await list_tasks(uow, support, 1))[0] == ()
