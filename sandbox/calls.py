"""The log of what the bot called: the newest rows are kept, the counts are exact for ever."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from typing import Any

from sandbox.events import Events

KEPT = 20_000

Row = dict[str, Any]


class Calls:
    def __init__(self, events: Events, forgets: bool = False) -> None:
        self._events, self._forgets = events, forgets
        self._rows: deque[Row] = deque(maxlen=KEPT)
        self._counts: Counter[tuple[str, int | None]] = Counter()

    def add(
        self, method: str, params: dict[str, Any], status: int, response: Any, user_id: int | None
    ) -> Row:
        """Write a call down. Neither the token nor the bytes of a file may be among `params`."""
        row: Row = {"method": method, "params": params, "status": status, "response": response}
        row["user_id"] = user_id
        self._counts[method.lower(), user_id] += 1
        if self._forgets:
            return row
        event = self._events.add("call", user_id, call=row)
        row["seq"], row["at"] = event["seq"], event["at"]
        self._rows.append(row)
        return row

    def find(
        self, method: str | None = None, since: int | None = None, user_id: int | None = None
    ) -> list[Row]:
        found = list(self._matching(method, since or 0, user_id))
        found.reverse()
        return found

    def count(self, method: str | None = None, since: int | None = None, user_id: int | None = None) -> int:
        """Count calls; without `since` also those whose rows are no longer kept."""
        if since is not None:
            return sum(1 for _ in self._matching(method, since, user_id))
        wanted = method.lower() if method else None
        return sum(
            number
            for (name, whose), number in self._counts.items()
            if (wanted is None or name == wanted) and (user_id is None or whose == user_id)
        )

    def clear(self) -> None:
        self._rows.clear()
        self._counts.clear()

    def _matching(self, method: str | None, since: int, user_id: int | None) -> Iterator[Row]:
        """Yield the newest first, and stop at the first row that is too old."""
        wanted = method.lower() if method else None
        for row in reversed(self._rows):
            if row["seq"] <= since:
                return
            if wanted is not None and row["method"].lower() != wanted:
                continue
            if user_id is None or row["user_id"] == user_id:
                yield row
