"""When goods go out: routes with their days, and the holidays (seeded, then edited by staff)."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, String, Table

from storage.tables.base import Key, metadata

routes = Table(
    "routes",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("weekdays", String(20), nullable=False),
    Column("cutoff_minutes", Integer, nullable=False, default=17 * 60),
    Column("from_hour", Integer, nullable=False, default=10),
    Column("until_hour", Integer, nullable=False, default=13),
    Column("areas", String(500), nullable=False, default=""),
    Column("city", String(80), nullable=False, default=""),
    Column("visitor_id", Key, ForeignKey("staff.id"), index=True),
    Column("is_strict", Boolean, nullable=False, default=True),
)

holidays = Table(
    "holidays",
    metadata,
    Column("day", Date, primary_key=True),
    Column("name", String(200), nullable=False),
)
