"""One's own account: which messages come and when, colleagues, centres, and the centre's figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.actors import Actor
from domain.customers import Colleague, Contact, Customer, Preferences
from domain.errors import LastHours, NotAllowed, NotFound
from storage.unit_of_work import UnitOfWork

SPANS = ((9, 13), (13, 16), (16, 20), (20, 22))
"""The spans of hours among which people choose when messages may come."""


def _contact(by: Actor) -> Contact:
    by.require_customer()
    assert isinstance(by.person, Contact)
    return by.person


async def preferences(uow: UnitOfWork, by: Actor) -> Preferences:
    return await uow.settings.preferences(_contact(by).id)


async def switch_topic(uow: UnitOfWork, by: Actor, topic: str, *, is_on: bool) -> Preferences:
    wanted = await preferences(uow, by)
    match topic:
        case "reminders":
            wanted = replace(wanted, reminders=is_on)
        case "promotions":
            wanted = replace(wanted, promotions=is_on)
        case "surveys":
            wanted = replace(wanted, surveys=is_on, no_surveys=wanted.no_surveys and not is_on)
        case "no_surveys":
            wanted = replace(wanted, no_surveys=is_on, surveys=wanted.surveys and not is_on)
        case _:
            raise NotFound
    await uow.settings.save_preferences(wanted)
    return wanted


async def switch_hours(uow: UnitOfWork, by: Actor, span: tuple[int, int], *, is_on: bool) -> Preferences:
    """One span more or less; the last one stays, because no hours at all would mean no messages ever."""
    if span not in SPANS:
        raise NotFound
    wanted = await preferences(uow, by)
    hours = {*wanted.hours, span} if is_on else set(wanted.hours) - {span}
    if not hours:
        raise LastHours
    wanted = replace(wanted, hours=tuple(sorted(hours)))
    await uow.settings.save_preferences(wanted)
    return wanted


async def switch_interest(uow: UnitOfWork, by: Actor, category_id: int, *, is_on: bool) -> Preferences:
    wanted = await preferences(uow, by)
    if not await uow.settings.is_category(category_id):
        raise NotFound
    chosen = {*wanted.category_ids, category_id} if is_on else set(wanted.category_ids) - {category_id}
    wanted = replace(wanted, category_ids=tuple(sorted(chosen)))
    await uow.settings.save_preferences(wanted)
    return wanted


async def list_colleagues(uow: UnitOfWork, by: Actor) -> tuple[Colleague, ...]:
    """The people of one's own centre, for the contact who manages it."""
    customer = by.require_customer()
    if not by.rights.may_approve:
        raise NotAllowed("colleagues")
    return await uow.settings.list_colleagues(customer.id)


async def switch_right(
    uow: UnitOfWork, by: Actor, contact_id: int, right: str, now: datetime, *, is_on: bool
) -> tuple[Colleague, ...]:
    """Give or take ``may_order`` or ``may_see_balance`` of a colleague; managers stay as they are."""
    customer = by.require_customer()
    if not by.rights.may_approve:
        raise NotAllowed("colleagues")
    await uow.settings.set_right(customer.id, contact_id, **{right: is_on})
    facts = {"customer_id": customer.id, "right": right, "on": is_on}
    await uow.audit.write(by, "right_switched", "contact", contact_id, now, facts)
    return await uow.settings.list_colleagues(customer.id)


async def list_centres(uow: UnitOfWork, by: Actor) -> tuple[Customer, ...]:
    return await uow.settings.list_centres(_contact(by).id)


async def choose_centre(uow: UnitOfWork, by: Actor, customer_id: int) -> Actor:
    """Act for that centre from now on; who speaks after that."""
    contact = _contact(by)
    assert by.identity.id is not None
    await uow.settings.choose_centre(by.identity.id, contact.id, customer_id)
    found = await uow.customers.by_messenger(
        by.identity.platform, 0, by.identity.user_id, by.identity.chat_id
    )
    assert found is not None
    return found[0]


async def numbered_order(uow: UnitOfWork, by: Actor, number: int) -> int:
    """Which order has that number, as people say it: one of one's own centre; for our people, any."""
    of = None if by.staff_id is not None else by.require_customer().id
    order_id = await uow.settings.order_id_of(of, number)
    if order_id is None:
        raise NotFound
    return order_id
