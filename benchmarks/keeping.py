"""`benchmarks/results.json`: the machine, and rows that each have a name.

Whoever measures one thing keeps what was measured of the others.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results.json"
IDENTITY = ("name", "case", "database", "people", "open")
Row = Mapping[str, Any]


def machine() -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "processor": platform.processor() or platform.machine(),
    }


def named(name: str, rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [{"name": name, **row} for row in rows]


def keep(rows: Iterable[Row], path: Path = RESULTS) -> None:
    """A row replaces the former one about the same; all others stay as they were."""
    new = {_identity(row): dict(row) for row in rows}
    former = json.loads(path.read_text()) if path.exists() else {}
    others = [row for row in former.get("results", []) if _identity(row) not in new]
    told = {"machine": machine(), "results": [*others, *new.values()]}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1))


def _identity(row: Row) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in IDENTITY)
