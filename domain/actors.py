"""Whoever sent this update."""

from __future__ import annotations

from dataclasses import dataclass

from domain.customers import Contact, Customer
from domain.errors import NotAllowed, NotApproved, NotFound
from domain.staff import Role, Staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One account of a messenger. ``id`` is ours, None until the account has been written down."""

    id: int | None
    platform: str
    user_id: int
    chat_id: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody we know only by their messenger account."""


@dataclass(frozen=True, slots=True)
class Rights:
    may_order: bool = False
    may_see_balance: bool = False
    may_approve: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who speaks, for which customer, and what they may do there."""

    identity: Identity
    person: Contact | Staff | Stranger
    customer: Customer | None = None
    rights: Rights = Rights()
    language: str = "fa"
    draft_lines: int = 0
    """How many lines this contact's basket had when the update came."""

    @property
    def customer_id(self) -> int | None:
        return self.customer.id if self.customer else None

    @property
    def contact_id(self) -> int | None:
        return self.person.id if isinstance(self.person, Contact) else None

    @property
    def staff_id(self) -> int | None:
        return self.person.id if isinstance(self.person, Staff) else None

    @property
    def can_see_prices(self) -> bool:
        """Prices are hidden until a manager has approved the customer."""
        return self.customer is not None or isinstance(self.person, Staff)

    def require_customer(self) -> Customer:
        """The active customer this actor acts for; for staff the screens of customers do not exist."""
        if self.customer is None:
            raise NotFound if isinstance(self.person, Staff) else NotApproved
        return self.customer

    def require_buyer(self) -> tuple[int, int]:
        """Customer id and contact id of somebody who may order."""
        customer = self.require_customer()
        if not self.rights.may_order:
            raise NotAllowed("order")
        assert isinstance(self.person, Contact)
        return customer.id, self.person.id

    def require_staff(self, *roles: Role) -> Staff:
        """This member of staff, in one of these roles; for everyone else such a thing does not exist."""
        if isinstance(self.person, Staff) and (not roles or self.person.role in roles):
            return self.person
        raise NotFound
