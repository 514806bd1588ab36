"""What was written as an order and is not settled yet: the questions that are open about a draft."""

from sqlalchemy import JSON, Column, ForeignKey, Integer, Table

from storage.tables.base import Instant, Key, metadata

readings = Table(
    "readings",
    metadata,
    # One for each draft: buttons name the draft and the question, whose numbers never come back.
    Column(
        "order_id", Key, ForeignKey("orders.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    # What domain.written_facts.facts_of has written.
    Column("facts", JSON, nullable=False),
    Column("changed_at", Instant, nullable=False, index=True),
    Column("version", Integer, nullable=False, default=0),
)
