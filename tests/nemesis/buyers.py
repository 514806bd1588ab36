"""Many buyers in one process, for races on stock that only several processes can show."""

from __future__ import annotations

from typing import Any


def run_buyers(options: dict[str, Any]) -> None:
    raise NotImplementedError(options)
