"""Strangers, contacts with a mobile, our staff, and requests for membership, for tests."""

from __future__ import annotations

from itertools import count

from domain.actors import Actor, Identity
from domain.addresses import Place
from domain.customers import ContactRole, Customer, CustomerKind, MembershipRequest, Outlet
from domain.registration import Answers
from domain.staff import Role
from services.customers import identify
from services.registration import ask_membership
from storage.unit_of_work import UnitOfWork
from tests.conftest import NOW

BOT = 42
_USERS = count(500_000)
SARV = Place(city="تهران", address="سعادت‌آباد، خیابان سرو غربی، پلاک ۴۲")


async def speaking(uow: UnitOfWork, user_id: int, name: str = "کسی") -> Actor:
    """Whoever that account is by now, having just written to us."""
    return await identify(
        uow,
        platform="telegram",
        bot_id=BOT,
        user_id=user_id,
        chat_id=user_id,
        name=name,
        now=NOW,
        is_reading=False,
    )


async def a_stranger(uow: UnitOfWork, name: str = "مهتاب احمدی") -> Actor:
    return await speaking(uow, next(_USERS), name)


async def a_centre(uow: UnitOfWork, name: str = "داروخانه دکتر رضایی", national_id: str | None = None) -> int:
    """The id of a customer with one outlet."""
    customer = Customer(
        id=0, external_ref=None, name=name, kind=CustomerKind.PHARMACY, national_id=national_id
    )
    customer_id = await uow.customers.put_customer(customer, NOW)
    await uow.customers.put_outlet(
        Outlet(
            id=0,
            customer_id=customer_id,
            name=SARV.district,
            city=SARV.city,
            address=SARV.address,
            short_address=SARV.short_address,
        )
    )
    return customer_id


async def a_contact_of(
    uow: UnitOfWork,
    customer_id: int,
    *,
    mobile: str | None = None,
    name: str = "دکتر رضایی",
    may_order: bool = True,
    may_see_balance: bool = True,
    may_approve: bool = False,
) -> int:
    """The id of a contact who acts for that customer."""
    contact_id = await uow.customers.put_contact(name, mobile or f"0935{next(_USERS):07d}")
    await uow.customers.put_role(
        ContactRole(
            contact_id=contact_id,
            customer_id=customer_id,
            may_order=may_order,
            may_see_balance=may_see_balance,
            may_approve=may_approve,
        )
    )
    return contact_id


async def linked(uow: UnitOfWork, contact_id: int) -> Actor:
    """That contact, speaking from an account of their own."""
    actor = await a_stranger(uow)
    assert actor.identity.id is not None
    await uow.customers.link(actor.identity.id, contact_id=contact_id)
    return await speaking(uow, actor.identity.user_id)


async def a_colleague(uow: UnitOfWork, role: Role = Role.MANAGER, mobile: str | None = None) -> Actor:
    """A member of our staff, speaking."""
    actor = await a_stranger(uow)
    assert actor.identity.id is not None
    staff_id = await uow.staff.put("همکار", role, mobile)
    await uow.customers.link(actor.identity.id, staff_id=staff_id)
    return await speaking(uow, actor.identity.user_id)


def some_answers(**changes: object) -> Answers:
    given: dict[str, object] = {
        "mobile": f"0936{next(_USERS):07d}",
        "name": "داروخانه دکتر رضایی",
        "kind": CustomerKind.PHARMACY,
        "where": SARV,
    }
    return Answers(**{**given, **changes})  # type: ignore[arg-type]


async def a_request(uow: UnitOfWork, by: Actor | None = None, **answers: object) -> MembershipRequest:
    """A request that waits for a manager."""
    applicant = by or await a_stranger(uow)
    return await ask_membership(uow, applicant, some_answers(**answers), None, NOW)


def an_identity(user_id: int) -> Identity:
    return Identity(id=None, platform="telegram", user_id=user_id, chat_id=user_id)
