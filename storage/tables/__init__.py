"""Every table, its columns and constraints, a file per area."""

from storage.tables import audit, calendar, catalogue, messages, orders, people
from storage.tables.base import metadata

__all__ = ["audit", "calendar", "catalogue", "messages", "metadata", "orders", "people"]
