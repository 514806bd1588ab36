"""A list that was sent as a file: which column is what, and what each row asks for."""

from __future__ import annotations

MOST_ROWS = 10_000
