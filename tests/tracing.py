"""Coverage without the greenlets that the database is asked in.

Coverage's own way to tell greenlets apart (``concurrency = greenlet``) asks at every call of any function
which one is running, and keeps some kilobytes for each that ever ran, which is one for each statement: the
tests took half as long again, and their processes grew to a gigabyte. What runs in a greenlet is the database
library and never a line of what is measured, so that nothing there has to be traced at all.
"""

from __future__ import annotations

import sys
from typing import Any

import greenlet  # type: ignore[import-untyped]


def leave_greenlets_untraced() -> None:
    """In this thread: coverage looks away where a greenlet begins, and looks again where it ends or waits."""
    greenlet.settrace(_Switch())


class _Switch:
    def __init__(self) -> None:
        self._tracer: Any = None

    def __call__(self, _event: str, between: tuple[Any, Any]) -> None:
        _origin, target = between
        if target.parent is None:
            if self._tracer is not None:
                # Not by sys.settrace, which would miss what ends before the next call begins.
                self._tracer.start()
                self._tracer = None
        # A debugger's tracer has no such way to begin again, and stays.
        elif hasattr(tracer := sys.gettrace(), "start"):
            self._tracer = tracer
            sys.settrace(None)
