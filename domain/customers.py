"""Who buys: customers, their outlets, and the people who act for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CustomerKind(StrEnum):
    PHARMACY = "pharmacy"
    SALON = "salon"
    CHAIN = "chain"
    ONLINE = "online"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A business that buys on account. ``external_ref`` is the code of the company's own books."""

    id: int
    external_ref: str | None
    name: str
    kind: CustomerKind
    group_id: int | None = None
    national_id: str | None = None
    is_active: bool = True
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One shop or delivery point of a customer."""

    id: int
    customer_id: int
    name: str
    city: str
    address: str
    short_address: str
    route_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person of a customer who talks to the bot; ``mobile`` is unique, as 09xxxxxxxxx."""

    id: int
    name: str
    mobile: str | None
    language: str = "fa"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRole:
    """What one contact may do for one customer."""

    contact_id: int
    customer_id: int
    may_order: bool = True
    may_see_balance: bool = False
    may_approve: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A contact of a centre, by name, with what they may do there."""

    name: str
    role: ContactRole


class RequestStatus(StrEnum):
    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"


NEXT: dict[RequestStatus, frozenset[RequestStatus]] = {
    RequestStatus.PENDING: frozenset({RequestStatus.APPROVED, RequestStatus.REJECTED}),
    RequestStatus.APPROVED: frozenset(),
    RequestStatus.REJECTED: frozenset(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipRequest:
    """What somebody unknown told us about their centre, waiting for a manager (S1.3 to S1.9)."""

    id: int
    number: int
    identity_id: int
    mobile: str
    person_name: str
    name: str
    kind: CustomerKind
    city: str
    address: str
    latitude: float | None = None
    longitude: float | None = None
    national_id: str | None = None
    licence_file_id: int | None = None
    route_id: int | None = None
    status: RequestStatus = RequestStatus.PENDING
    customer_id: int | None = None
    asked_at: datetime
    question: str | None = None
    """What a manager wants to know; None again when the applicant has answered."""
    question_by: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """Which messages a contact wants, and when (S0.6). Order status is always told."""

    contact_id: int
    reminders: bool = True
    promotions: bool = True
    surveys: bool = False
    """After each delivery, where the company would ask less often."""
    no_surveys: bool = False
    hours: tuple[tuple[int, int], ...] = ((9, 13), (16, 20))
    category_ids: tuple[int, ...] = ()
