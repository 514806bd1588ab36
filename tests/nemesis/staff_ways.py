"""How each of our people's handlers that write is brought to write something, with the victim's things."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from domain.drawers import DrawerColour
from domain.instruments import ChequeState
from domain.promotion_drafts import drafted
from domain.promotion_rules import Bonus
from domain.return_desk import ReturnCause
from domain.sayad import SayadState
from domain.staff import Role
from domain.terms import UNAGREED
from services import approvals, bank_accounts, frozen, limits, terms
from services.instruments import desk
from services.invoices import issue_invoice
from storage.tables.orders import orders
from storage.unit_of_work import UnitOfWork
from tests.builders.cheques import People, a_cheque_in
from tests.builders.credit import CHEQUE, aftab, asked_for, goods, limited, million
from tests.builders.pricing import TEN_AND_ONE
from tests.builders.promotions import a_kept_promotion
from tests.conftest import NOW
from tests.nemesis.campaign_ways import CAMPAIGN_ASKING, CAMPAIGN_WAYS
from tests.nemesis.intruders import Town

Fields = Mapping[str, Any]
Prepare = Callable[[UnitOfWork, Town], Awaitable[Fields]]
"""Brings things where they must be; what the button or the question carries instead of its usual fields."""
ASKED = "asked"
"""Under this name: the question that is open, where only a button answers it."""


def cheque_in(state: ChequeState, **fields: Any) -> Prepare:
    """A cheque of the victim in that state."""

    async def prepare(uow: UnitOfWork, town: Town) -> Fields:
        who = People(town.owner, town.staff[Role.FINANCE], town.staff[Role.MANAGER])
        cheque = await a_cheque_in(uow, who, state)
        return {"cheque_id": cheque.id, "version": cheque.version, "cheque_version": cheque.version, **fields}

    return prepare


def announced_in(colour: DrawerColour, **fields: Any) -> Prepare:
    """The victim's announced cheque, after the bank has said that colour."""

    async def prepare(uow: UnitOfWork, town: Town) -> Fields:
        cheque_id, finance = town.victim.ids["cheque_id"], town.staff[Role.FINANCE]
        cheque = await uow.cheques.get(cheque_id, of=finance)
        saved = await desk.record_colour(uow, finance, cheque_id, colour, cheque.version, NOW)
        return {"version": saved.version, **fields}

    return prepare


async def invoiced(uow: UnitOfWork, town: Town) -> Fields:
    """An order of the victim was delivered, and its goods can come back."""
    finance, order_id = town.staff[Role.FINANCE], town.victim.ids["order_id"]
    invoice = await issue_invoice(uow, finance, order_id, NOW)
    assert invoice is not None
    return {"invoice_id": invoice.id, "position": 0, "units": 1, "version": 0, "cause": ReturnCause.OURS}


async def picking(uow: UnitOfWork, town: Town) -> Fields:
    version = await uow.connection.scalar(
        select(orders.c.version).where(orders.c.id == town.victim.ids["order_id"])
    )
    return {"version": version, "step": "pick"}


async def as_it_is(uow: UnitOfWork, town: Town) -> Fields:
    """The victim's order as it was shown."""
    return {"version": (await picking(uow, town))["version"]}


async def with_a_holiday(uow: UnitOfWork, _town: Town) -> Fields:
    day = date(2027, 1, 5)
    await uow.calendars.put_holidays({day: "-"})
    return {"day": day.toordinal()}


async def looked_after(uow: UnitOfWork, town: Town) -> Fields:
    """A visitor looks after the victim."""
    await uow.account_managers.put(town.victim.ids["customer_id"], town.victim.ids["staff_id"])
    return {}


async def seen(uow: UnitOfWork, town: Town) -> Fields:
    """The card of the held order was shown a moment ago."""
    return await _seen(uow, town, town.victim.ids["held_id"])


async def over_limit(uow: UnitOfWork, town: Town) -> Fields:
    """An order that waits because a part of it passes the limit."""
    buyer = await aftab(uow)
    order = await asked_for(uow, buyer, {await goods(uow): 36})
    return await _seen(uow, town, order.id)


async def _seen(uow: UnitOfWork, town: Town, order_id: int) -> Fields:
    card = await approvals.open_card(uow, town.staff[Role.FINANCE], order_id, NOW)
    return {"order_id": order_id, "seen": card.seen}


async def with_own_terms(uow: UnitOfWork, town: Town) -> Fields:
    customer_id, finance = town.victim.ids["customer_id"], town.staff[Role.FINANCE]
    had = await terms.add_term(uow, finance, customer_id, CHEQUE, NOW)
    had = await terms.add_term(uow, finance, customer_id, UNAGREED, NOW)
    return {"term_id": had.terms[0].id}


async def with_a_limit(uow: UnitOfWork, town: Town) -> Fields:
    await limited(uow, town.victim.ids["customer_id"], million(10))
    return {}


async def going_on(uow: UnitOfWork, town: Town) -> Fields:
    """The victim's credit is not stopped."""
    await limits.release(uow, town.staff[Role.FINANCE], town.victim.ids["hold_id"], "تسویه", NOW)
    return {}


async def offered(uow: UnitOfWork, _town: Town) -> Fields:
    """A promotion that goes on."""
    promotion = await a_kept_promotion(uow, Bonus(steps=TEN_AND_ONE))
    return {"promotion_id": promotion.id, "version": promotion.version}


async def drafted_whole(uow: UnitOfWork, _town: Town) -> Fields:
    """All parts of a promotion were said."""
    promotion = await a_kept_promotion(uow, Bonus(steps=TEN_AND_ONE))
    return {ASKED: ("Making:promotion", drafted(promotion).facts())}


async def about_to_say_it_is_late(_uow: UnitOfWork, town: Town) -> Fields:
    """All that is said of the victim's order was asked."""
    said = {"reason": "weather", "day": 739_944, "first": 9, "last": 12}
    return {ASKED: ("Delaying:ready", {"order_id": town.victim.ids["order_id"], **said})}


async def with_a_bank_account(uow: UnitOfWork, town: Town) -> Fields:
    """Customers see an account to pay to."""
    finance = town.staff[Role.FINANCE]
    await bank_accounts.add_account(uow, finance, "IR160120000000001234567890", "", NOW)
    shown = await bank_accounts.open_accounts(uow, finance, "پخش")
    return {"account_id": shown.accounts[0].id}


async def sheba_typed(_uow: UnitOfWork, _town: Town) -> Fields:
    """The card of one more account is asked for."""
    return {ASKED: ("Keeping:card", {"sheba": "IR160120000000001234567890"})}


async def level_on(_uow: UnitOfWork, _town: Town) -> Fields:
    """A level of the reminders is on, and is switched off."""
    return {"level": 2, "on": 0}


S = ChequeState


async def frozen_outbox(uow: UnitOfWork, _town: Town) -> Fields:
    """The database was restored, and nobody has looked."""
    await frozen.freeze(uow, NOW, "older")
    return {}


WAYS: dict[str, Prepare] = {
    **CAMPAIGN_WAYS,
    "approvals.approve": seen,
    "approvals.approve_with_difference": over_limit,
    "approvals.take_prepayment": over_limit,
    "cheque_desk.take_undo_reason": cheque_in(S.RECEIVED),
    "cheque_moves.approve_drawer": announced_in(DrawerColour.YELLOW),
    "cheque_moves.bounce": cheque_in(S.DEPOSITED),
    "cheque_moves.move": cheque_in(S.RECEIVED, to="cleared"),
    "cheque_moves.receive": announced_in(DrawerColour.WHITE),
    "cheque_moves.receive_for": announced_in(DrawerColour.WHITE),
    "cheque_moves.record_sayad": cheque_in(S.RECEIVED, to=SayadState.CONFIRMED),
    "cheque_moves.settle": cheque_in(S.BOUNCED),
    "delays.send": about_to_say_it_is_late,
    "frozen.release": frozen_outbox,
    "frozen.set_aside": frozen_outbox,
    "fulfilment.cancel": as_it_is,
    "fulfilment.move": picking,
    "limits.drop_limit": with_a_limit,
    "limits.take_stop": going_on,
    "promotion_maker.keep_promotion": drafted_whole,
    "nudges.drop_manager": looked_after,
    "promotions.move_promotion": offered,
    "push_rules.drop_holiday": with_a_holiday,
    "reminder_desk.drop_account": with_a_bank_account,
    "reminder_desk.switch": level_on,
    "reminder_desk.without_card": sheba_typed,
    "returns.take_back": invoiced,
    "terms.drop_own": with_own_terms,
    "terms.remove": with_own_terms,
}
"""Those for which the victim's things must first be somewhere else; all others write as it is."""
ASKING = CAMPAIGN_ASKING | frozenset(
    {
        "brand_aliases.take_brand",
        "campaign_results.send_sheet",
        "cheque_desk.take_number",
        "credit_desk.send_book",
        "credit_desk.show_named",
        "credit_desk.take_name",
        "delays.take_day",
        "delays.take_hours",
        "delays.take_reason",
        "limits.take_amount",
        "promotion_maker.begin",
        "promotion_maker.change_promotion",
        "promotion_maker.drop_draft",
        "promotion_parts.end_goods",
        "promotion_maker.take_part",
        "ras.take_lines",
        "reminder_desk.take_sheba",
        "push_rules.take_day",
        "returns.take_units",
        "search_misses.take_brand",
    }
)
"""Those that change nothing of anybody's, as all whose name says that they ask or pick: they open the next
question, or show what was asked for.
"""
