"""Lists that were sent as photos or files, and what became of them."""

from sqlalchemy import JSON, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint

from storage.tables.base import Instant, Key, metadata

sent_lists = Table(
    "sent_lists",
    metadata,
    Column("id", Key, primary_key=True),
    Column("identity_id", Key, ForeignKey("identities.id"), nullable=False),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False, index=True),
    Column("contact_id", Key, ForeignKey("contacts.id"), nullable=False),
    # The messenger's name of several photos that were sent as one.
    Column("album", String(40)),
    # "photo" for a colleague to type, "file" that was read by machine
    Column("kind", String(8), nullable=False),
    # What a colleague has typed.
    Column("text", Text),
    # Rows of a file that were not understood: [[row number, what it says, why], …]
    Column("rows_left", JSON, nullable=False),
    Column("sent_at", Instant, nullable=False),
    Column("entered_by", Key, ForeignKey("staff.id")),
    Column("entered_at", Instant),
    # When whoever sent it took what was typed into the basket: that is done once.
    Column("drafted_at", Instant),
    UniqueConstraint("identity_id", "album"),
    # Old buttons carry the id: it must never come back for another list.
    sqlite_autoincrement=True,
)
Index(
    "ix_sent_lists_waiting",
    sent_lists.c.id,
    sqlite_where=(sent_lists.c.kind == "photo") & sent_lists.c.entered_at.is_(None),
    postgresql_where=(sent_lists.c.kind == "photo") & sent_lists.c.entered_at.is_(None),
)

sent_list_pages = Table(
    "sent_list_pages",
    metadata,
    Column("id", Key, primary_key=True),
    Column("list_id", Key, ForeignKey("sent_lists.id"), nullable=False),
    Column("file_id", Key, ForeignKey("files.id"), nullable=False),
    UniqueConstraint("list_id", "file_id"),
)

support_albums = Table(
    "support_albums",
    metadata,
    # Several photos that were sent as one, of which only the first has words under it.
    Column("identity_id", Key, ForeignKey("identities.id"), primary_key=True, autoincrement=False),
    Column("album", String(40), primary_key=True),
    Column("message_id", Key, ForeignKey("support_messages.id"), nullable=False),
)
