"""What `bonak audit` says to whoever runs it: one line for each thing that does not hold.

These words are for operators at a terminal, so they are not translated.
"""

from __future__ import annotations

from domain.truths import Violation


def violation_line(violation: Violation) -> str:
    """The rule, the row, and what was wanted and found."""
    facts = ", ".join(f"{name} {value}" for name, value in violation.facts.items())
    return f"✗ {violation.rule}: {violation.subject} {violation.subject_id} ({facts})"


def verdict(count: int, head: str) -> str:
    """How it stands. The last digest, kept elsewhere, shows later whether the trail's end was cut off."""
    seal = f"The audit is sealed up to {head}."
    if not count:
        return f"Everything adds up. {seal}"
    return f"{'1 thing does' if count == 1 else f'{count} things do'} not add up. {seal}"
