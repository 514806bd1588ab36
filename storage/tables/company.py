"""What a company says of itself and decides for itself: its letterhead and its rules, as named values."""

from sqlalchemy import JSON, Column, ForeignKey, String, Table

from storage.tables.base import Instant, Key, metadata

company_settings = Table(
    "company_settings",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("value", JSON, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("changed_by", Key, ForeignKey("staff.id")),
)
