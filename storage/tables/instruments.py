"""Cheques and all that happens to them (rule R3)."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
)

from storage.tables.base import Instant, Key, metadata
from storage.tables.ledger import CURRENCY

cheques = Table(
    "cheques",
    metadata,
    Column("id", Key, primary_key=True),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False, index=True),
    Column("contact_id", Key, ForeignKey("contacts.id")),
    Column("order_id", Key, ForeignKey("orders.id"), index=True),
    Column("sayad_id", String(16), nullable=False),
    Column("serial", String(40)),
    Column("bank", String(60)),
    Column("branch", String(60)),
    Column("drawer_name", String(120)),
    Column("drawer_national_id", String(20)),
    Column("is_third_party", Boolean, nullable=False, default=False),
    Column("amount_rials", BigInteger, nullable=False),
    Column("currency_unit", String(8), nullable=False, default=CURRENCY),
    Column("due_on", Date, nullable=False),
    Column("effective_due", Date, nullable=False),
    Column("announced_at", Instant),
    Column("received_on", Date),
    Column("state", String(12), nullable=False),
    Column("place", String(12), nullable=False),
    Column("sayad_state", String(12), nullable=False, default="none"),
    Column("colour", String(8)),
    Column("colour_on", Date),
    Column("bounce_reason", String(24)),
    Column("bounce_code", String(40)),
    Column("bounced_on", Date),
    Column("closed_on", Date),
    Column("note", String(300), nullable=False, default=""),
    Column("photo_file_id", Key, ForeignKey("files.id")),
    Column("unallocated_rials", BigInteger, nullable=False),
    Column("wants_reminder", Boolean, nullable=False, default=True),
    Column("created_at", Instant, nullable=False),
    Column("version", Integer, nullable=False, default=0),
    CheckConstraint("amount_rials > 0", name="amount"),
    CheckConstraint("length(sayad_id) = 16", name="sayad_id"),
    CheckConstraint("unallocated_rials >= 0 AND unallocated_rials <= amount_rials", name="unallocated"),
)
Index(
    "uq_cheques_sayad_id",
    cheques.c.sayad_id,
    unique=True,
    sqlite_where=cheques.c.state != "void",
    postgresql_where=cheques.c.state != "void",
)
Index("ix_cheques_due", cheques.c.state, cheques.c.effective_due)
Index(
    "ix_cheques_unallocated",
    cheques.c.customer_id,
    cheques.c.state,
    cheques.c.unallocated_rials,
    sqlite_where=cheques.c.unallocated_rials > 0,
    postgresql_where=cheques.c.unallocated_rials > 0,
)
Index("ix_cheques_exposure", cheques.c.customer_id, cheques.c.state, cheques.c.amount_rials)

cheque_events = Table(
    "cheque_events",
    metadata,
    Column("id", Key, primary_key=True),
    Column("cheque_id", Key, ForeignKey("cheques.id"), nullable=False, index=True),
    # A state of the cheque, or a step in the Sayad system: "sayad_confirmed".
    Column("kind", String(24), nullable=False),
    Column("at", Instant, nullable=False),
    Column("staff_id", Key, ForeignKey("staff.id")),
    Column("reason", String(300)),
    Column("facts", JSON, nullable=False),
)
