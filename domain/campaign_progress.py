"""How long a sending still takes (rule R21), and how a part of it is drawn."""

from __future__ import annotations

from math import ceil

USUAL_PER_SECOND = 25
"""What the governor lets out where nobody has asked for less."""


UNBOUND_PER_SECOND = 1_000
"""What is reckoned with where nothing is held back: more than that one process does not send."""
PACE = "sending.per_second"
"""Among what the company keeps: how much is let out, as the last process was told."""


def seconds_left(left: int, per_minute: int | None, per_second: float = USUAL_PER_SECOND) -> int:
    """The rest by its rate: 324 at 60 a minute take 324 seconds."""
    fastest = per_second if per_second > 0 else UNBOUND_PER_SECOND
    if per_minute and per_minute < fastest * 60:
        return -(-left * 60 // per_minute)
    return ceil(left / fastest)


def filled(done: int, total: int, marks: int) -> int:
    """How many of the marks are full; all of them only when everything is done, none only at nothing."""
    if total <= 0 or done >= total:
        return marks
    if done <= 0:
        return 0
    return min(max((2 * done * marks + total) // (2 * total), 1), marks - 1)


def percent(done: int, total: int) -> int:
    """Rounded down: a hundred is said only of what is done."""
    return 100 if total <= 0 else done * 100 // total
