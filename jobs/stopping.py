"""What was decided while many messages are on their way: one question for all of them, now and then.

At high rates a question for each message would cost more than sending it. So whoever comes first after a
moment asks for all that are under way, and the others go by that answer: an opt-out or a pause stops whatever
has not been handed to the messenger a tenth of a second later.
"""

from __future__ import annotations

from collections.abc import Mapping
from time import monotonic

from storage.unit_of_work import Store

ASKED_EVERY = 0.1


class Stopping:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._under_way: dict[int, int] = {}
        self._asked: frozenset[int] = frozenset()
        self._may_go: Mapping[int, int] = {}
        self._asked_at = float("-inf")
        self._is_asking = False

    def begin(self, recipient_id: int, text_version: int) -> None:
        self._under_way[recipient_id] = text_version

    def end(self, recipient_id: int) -> None:
        self._under_way.pop(recipient_id, None)

    async def may_go(self, recipient_id: int) -> bool:
        """Whether it runs still, with that text, and its reader has not asked for no more of it."""
        if not self._is_asking and monotonic() - self._asked_at >= ASKED_EVERY:
            self._is_asking = True
            try:
                await self._ask()
            finally:
                self._is_asking = False
        version = self._under_way.get(recipient_id)
        return recipient_id not in self._asked or self._may_go.get(recipient_id) == version

    async def _ask(self) -> None:
        asked = frozenset(self._under_way)
        async with self._store.reading() as uow:
            found = await uow.recipients.versions(asked)
        self._asked, self._may_go, self._asked_at = asked, found, monotonic()
