"""What a colleague has to do, once for each cause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from domain.staff import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to do for a role, or for one member of staff. ``key`` is unique: ``dispute:17``."""

    key: str
    kind: str
    role: Role
    subject_id: int
    staff_id: int | None = None
    customer_id: int | None = None
    customer_name: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    due_on: date | None = None
    id: int | None = None
    created_at: datetime | None = None
