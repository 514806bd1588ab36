"""What is refused when hours and numbers of our own rules are typed; handed on by ``domain/errors.py``."""

from __future__ import annotations

from domain.refusal import Refusal


class NumberOutOfBounds(Refusal):
    """What was typed is no whole number within these bounds."""

    def __init__(self, first: int, last: int) -> None:
        super().__init__(first, last)
        self.first, self.last = first, last


class NotHours(Refusal):
    """What was typed is no span of hours of a day."""
