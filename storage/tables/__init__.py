"""Every table, its columns and constraints, a file per area."""

from storage.tables import (
    audit,
    calendar,
    campaigns,
    catalogue,
    claims,
    company,
    credit,
    instruments,
    ledger,
    messages,
    orders,
    people,
    pricing,
    push,
    reminders,
    search,
    surveys,
)
from storage.tables.base import metadata

__all__ = [
    "audit",
    "calendar",
    "campaigns",
    "catalogue",
    "claims",
    "company",
    "credit",
    "instruments",
    "ledger",
    "messages",
    "metadata",
    "orders",
    "people",
    "pricing",
    "push",
    "reminders",
    "search",
    "surveys",
]
