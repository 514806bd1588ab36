"""What a typed answer belongs to: aiogram's ``state``, kept in our database within the unit of work."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram.fsm.state import State

from storage.memory import Place, Remembered
from storage.unit_of_work import UnitOfWork


class Question:
    """The open question of one person in one chat, as a handler sees it (its parameter is ``state``)."""

    def __init__(self, uow: UnitOfWork, place: Place, now: datetime) -> None:
        self._uow, self._place, self._now = uow, place, now
        self._kept: Remembered | None = None
        self.is_touched = False

    async def _remembered(self) -> Remembered:
        if self._kept is None:
            self._kept = await self._uow.memory.find(self._place)
        return self._kept

    async def get_state(self) -> str | None:
        return (await self._remembered()).state

    async def get_data(self) -> dict[str, Any]:
        return dict((await self._remembered()).data)

    async def set_state(self, state: State | str | None) -> None:
        name = state.state if isinstance(state, State) else state
        await self._save(Remembered(state=name, data=(await self._remembered()).data))

    async def set_data(self, data: Mapping[str, Any]) -> None:
        await self._save(Remembered(state=(await self._remembered()).state, data=data))

    async def ask(self, state: State, data: Mapping[str, Any] | None = None) -> None:
        """Open a question: the next typed message is its answer, ``data`` is what it belongs to."""
        await self._save(Remembered(state=state.state, data=dict(data or {})))

    async def clear(self) -> None:
        await self._save(Remembered(state=None, data={}))

    async def _save(self, remembered: Remembered) -> None:
        self._kept, self.is_touched = remembered, True
        await self._uow.memory.save(self._place, remembered, self._now)
