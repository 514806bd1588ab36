"""Our people and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.support import SupportMessage


class Role(StrEnum):
    MANAGER = "manager"
    FINANCE = "finance"
    WAREHOUSE = "warehouse"
    VISITOR = "visitor"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    id: int
    name: str
    role: Role
    mobile: str | None = None
    language: str = "fa"
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Invite:
    """A one-time link for a new member of staff; only the hash of its token is kept."""

    id: int
    role: Role
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyDesk:
    """What waits on the desks of money: receipts, announced cheques, disputes, orders over the limit."""

    receipts: int
    cheques: int
    disputes: int
    approvals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """What waits for a member of staff; None where it is not theirs to see."""

    request_count: int | None = None
    order_count: int | None = None
    questions: tuple[SupportMessage, ...] | None = None
    money: MoneyDesk | None = None
    task_count: int | None = None
    ticket_count: int | None = None
    is_frozen: bool = False
    """After a restore nothing is told by itself until a manager has looked."""
