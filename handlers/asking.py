"""What a handler sees of the open question: which typed message is an answer to what."""

from collections.abc import Mapping
from typing import Any, Protocol

from aiogram.fsm.state import State

from storage.inbox import Waiting


class Question(Protocol):
    """The question that is open in this chat; kept in the same unit of work as the answer's effect."""

    async def get_state(self) -> str | None: ...

    async def get_data(self) -> dict[str, Any]: ...

    async def set_state(self, state: State | str | None) -> None: ...

    async def set_data(self, data: Mapping[str, Any]) -> None: ...

    async def ask(self, state: State, data: Mapping[str, Any] | None = None) -> None: ...

    async def clear(self) -> None: ...


class SentFile(Protocol):
    """A photo or document that came with the message."""

    @property
    def name(self) -> str: ...

    @property
    def mime_type(self) -> str: ...

    @property
    def content(self) -> bytes: ...


class Taken(Protocol):
    """The inbox row that is being worked off."""

    brought_back: Waiting | None
    """A row of the same person that is to be worked off next, after it was set aside."""
