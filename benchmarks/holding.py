"""How long each step of an update's work keeps the loop from everybody else, by the handler that took it.

A step is what runs between two waits. It is measured in the processor time of the loop's own thread: what
other threads and other processes do beside it does not count, so a busy machine makes no difference.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from time import thread_time
from types import coroutine
from typing import Any

from aiogram import Dispatcher

NOBODY = "no handler"
_reached: ContextVar[list[str]] = ContextVar("reached")


@dataclass(slots=True)
class Holds:
    """Every step, in seconds, with the handler whose update it belonged to."""

    steps: list[tuple[float, str]] = field(default_factory=list)

    @property
    def worst(self) -> tuple[float, str]:
        return max(self.steps, default=(0.0, NOBODY))

    def share(self, of: float) -> float:
        """So long at most did that share of the steps hold the loop."""
        ranked = sorted(seconds for seconds, _handler in self.steps)
        return ranked[min(len(ranked) - 1, int(len(ranked) * of))] if ranked else 0.0

    def longer_than(self, seconds: float) -> list[tuple[str, float]]:
        """The handlers that held it longer, each with its longest step, the worst first."""
        worst: dict[str, float] = {}
        for took, handler in self.steps:
            if took > seconds:
                worst[handler] = max(took, worst.get(handler, 0.0))
        return sorted(worst.items(), key=lambda each: -each[1])


@coroutine
def _stepwise(work: Coroutine[Any, Any, Any], note: Callable[[float], None]) -> Generator[Any, Any, Any]:
    """Drive the work as a task would, and note how long each of its steps takes."""
    value: Any = None
    fault: BaseException | None = None
    while True:
        began = thread_time()
        try:
            waits_for = work.send(value) if fault is None else work.throw(fault)
        except StopIteration as done:
            return done.value
        finally:
            note(thread_time() - began)
        try:
            value, fault = (yield waits_for), None
        except BaseException as thrown:
            # Whatever the task is told, a cancellation too, is the work's own affair.
            value, fault = None, thrown


@contextmanager
def holds_of(dispatcher: Dispatcher) -> Iterator[Holds]:
    """Measure every update that this dispatcher is given within."""
    holds = Holds()
    given = dispatcher.feed_update

    async def feed_update(*args: Any, **kwargs: Any) -> Any:
        names: list[str] = []
        steps: list[float] = []
        _reached.set(names)
        try:
            return await _stepwise(given(*args, **kwargs), steps.append)
        finally:
            handler = names[-1] if names else NOBODY
            holds.steps += [(seconds, handler) for seconds in steps]

    callbacks = _name_handlers(dispatcher)
    dispatcher.feed_update = feed_update  # type: ignore[method-assign]
    try:
        yield holds
    finally:
        del dispatcher.feed_update
        for handler, callback in callbacks:
            handler.callback = callback


def _name_handlers(dispatcher: Dispatcher) -> list[tuple[Any, Any]]:
    """Each handler leaves its name behind when it is reached; what they were before."""
    before = []
    for router in dispatcher.chain_tail:
        for observer in router.observers.values():
            for handler in observer.handlers:
                before.append((handler, handler.callback))
                handler.callback = _naming(handler.callback)
    return before


def _naming(callback: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    @wraps(callback)
    async def named(*args: Any, **kwargs: Any) -> Any:
        names = _reached.get(None)
        if names is not None:
            names.append(f"{callback.__module__.removeprefix('handlers.')}.{callback.__name__}")
        return await callback(*args, **kwargs)

    return named
