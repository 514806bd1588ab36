"""Where each method says that it exists."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sandbox.params import Params
from sandbox.state import Sandbox

Method = Callable[[Sandbox, Params], Any]
SlowMethod = Callable[[Sandbox, Params], Awaitable[Any]]

# By lower-case name: the name as documented, and what it does.
METHODS: dict[str, tuple[str, Method]] = {}
# Those few that wait for something before they answer.
SLOW_METHODS: dict[str, tuple[str, SlowMethod]] = {}

AnyMethod = TypeVar("AnyMethod", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Described:
    """A result that is answered with words of its own beside it."""

    result: Any
    description: str


def method(name: str) -> Callable[[AnyMethod], AnyMethod]:
    def add(handler: AnyMethod) -> AnyMethod:
        METHODS[name.lower()] = (name, handler)
        return handler

    return add


def slow_method(name: str) -> Callable[[AnyMethod], AnyMethod]:
    def add(handler: AnyMethod) -> AnyMethod:
        SLOW_METHODS[name.lower()] = (name, handler)
        return handler

    return add
