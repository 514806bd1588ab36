"""Who was sent to us by whom: a link for each contact, and a row for each person who has followed one."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table, UniqueConstraint

from storage.tables.base import Instant, Key, metadata

referral_links = Table(
    "referral_links",
    metadata,
    Column("id", Key, primary_key=True),
    Column("customer_id", Key, ForeignKey("customers.id"), nullable=False),
    Column("contact_id", Key, ForeignKey("contacts.id"), nullable=False),
    # What the link carries: a word that nobody can guess and that says nothing about its owner.
    Column("token", String(32), nullable=False, unique=True),
    Column("made_at", Instant, nullable=False),
    UniqueConstraint("customer_id", "contact_id"),
)

referrals = Table(
    "referrals",
    metadata,
    Column("id", Key, primary_key=True),
    Column("link_id", Key, ForeignKey("referral_links.id"), nullable=False, index=True),
    # Whoever followed it: the first link that somebody follows counts, and no other.
    Column("identity_id", Key, ForeignKey("identities.id"), nullable=False, unique=True),
    # The shop that they have registered.
    Column("customer_id", Key, ForeignKey("customers.id"), unique=True),
    # "opened", "joined", "waiting" (for a manager), "given", "refused"
    Column("state", String(12), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("joined_at", Instant),
    # What each of the two got, or would get.
    Column("gift_rials", BigInteger),
    Column("decided_at", Instant),
    Column("decided_by", Key, ForeignKey("staff.id")),
)
Index(
    "ix_referrals_joined",
    referrals.c.id,
    sqlite_where=referrals.c.state == "joined",
    postgresql_where=referrals.c.state == "joined",
)
