"""The seal on the audit trail: each link vouches for one row and for all that were sealed before it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

SEALED_AFTER = timedelta(minutes=1)
"""Rows are sealed when whoever wrote them has long committed."""
LONGEST_WORK = timedelta(minutes=10)
"""No unit of work lasts so long: a row that turns up later with an older time was put in afterwards."""
NOTHING_BEFORE = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow:
    id: int
    at: datetime
    identity_id: int | None
    staff_id: int | None
    action: str
    subject: str
    subject_id: int | None
    facts: Mapping[str, Any]


class Tampering(StrEnum):
    ALTERED = "altered"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class AuditFault:
    """What was done to which row of the audit."""

    audit_id: int
    kind: Tampering


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link as it is kept, with the row it seals where that is still there."""

    audit_id: int
    digest: str
    sealed_at: datetime
    row: AuditRow | None


def digest_of(before: str, row: AuditRow) -> str:
    """The row sealed onto everything before it; the same on both databases."""
    told = [
        row.id,
        row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        row.identity_id,
        row.staff_id,
        row.action,
        row.subject,
        row.subject_id,
        row.facts,
    ]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(f"{before}\n{text}".encode()).hexdigest()


class Checking:
    """Follows the links in the order in which they were sealed, and says of each what is wrong with it."""

    def __init__(self) -> None:
        self._before = NOTHING_BEFORE
        self._sealed_at: datetime | None = None
        self._earlier: datetime | None = None

    def follow(self, link: Link) -> AuditFault | None:
        if self._sealed_at is not None and link.sealed_at > self._sealed_at:
            self._earlier = self._sealed_at
        self._sealed_at = link.sealed_at
        before, self._before = self._before, link.digest
        if link.row is None:
            return AuditFault(link.audit_id, Tampering.DELETED)
        if digest_of(before, link.row) != link.digest:
            return AuditFault(link.audit_id, Tampering.ALTERED)
        if self._earlier is not None and is_late(link.row.at, self._earlier):
            return AuditFault(link.audit_id, Tampering.INSERTED)
        return None

    def unsealed(self, row: AuditRow) -> AuditFault | None:
        """A row that no link seals yet: new, or put in among the old ones."""
        if self._sealed_at is not None and is_late(row.at, self._sealed_at):
            return AuditFault(row.id, Tampering.INSERTED)
        return None

    @property
    def head(self) -> str:
        """The last digest: whoever keeps it elsewhere notices also when the end was cut off."""
        return self._before


def is_late(at: datetime, sealed_at: datetime) -> bool:
    """Whether a row of that time should have been there when the others were sealed."""
    return at < sealed_at - SEALED_AFTER - LONGEST_WORK
