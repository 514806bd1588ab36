"""Tables whose rows are never changed and never deleted: the database itself refuses it, on both engines.

``applied_promotions`` of an order that is changed are followed by new rows, not replaced.
"""

APPEND_ONLY = (
    "allocations",
    "applied_promotions",
    "audit",
    "audit_links",
    "cheque_events",
    "credit_decisions",
    "postings",
    "promotion_versions",
)
