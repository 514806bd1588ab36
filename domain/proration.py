"""Spreading an amount to the last rial (rule R5.5)."""

from __future__ import annotations

from collections.abc import Sequence


def prorated(amount: int, weights: Sequence[int]) -> list[int]:
    """The amount in parts as large as the weights, in whole ones that sum to it exactly.

    Each part is rounded down; what is left goes one by one to the largest fractions, of equal ones to the
    first. So whoever calls it gives the weights in an order of their own, not in one that may change.
    """
    whole = sum(weights)
    if not whole:
        if amount:
            raise ValueError("nothing to spread it on")
        return [0] * len(weights)
    parts = [amount * weight // whole for weight in weights]
    left = amount - sum(parts)
    if left:
        fractions = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % whole), i))
        for i in fractions[:left]:
            parts[i] += 1
    return parts
