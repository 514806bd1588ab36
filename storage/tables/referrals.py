"""Who brought whom: the code in a customer's invitation, and who came by it."""

from sqlalchemy import Column, ForeignKey, String, Table

from storage.tables.base import Instant, Key, metadata

referral_codes = Table(
    "referral_codes",
    metadata,
    Column("customer_id", Key, ForeignKey("customers.id"), primary_key=True, autoincrement=False),
    Column("code", String(16), nullable=False, unique=True),
    Column("made_at", Instant, nullable=False),
)

referrals = Table(
    "referrals",
    metadata,
    Column("id", Key, primary_key=True),
    # Whoever came, once: the first invitation that they followed counts.
    Column("identity_id", Key, ForeignKey("identities.id"), nullable=False, unique=True),
    Column("referrer_id", Key, ForeignKey("customers.id"), nullable=False, index=True),
    Column("followed_at", Instant, nullable=False),
    # The customer that they have become.
    Column("customer_id", Key, ForeignKey("customers.id"), unique=True),
    Column("rewarded_at", Instant),
)
