"""What stands in the way of a link, and of a button that is about another centre."""

from __future__ import annotations

from domain.refusal import Refusal


class NoLinkYet(Refusal):
    """Nobody knows yet what the messenger calls our bot: there is nothing that a link could lead to."""


class ForAnotherCentre(Refusal):
    """The button is about another centre of this contact than the one they act for just now."""

    def __init__(self, customer_id: int, name: str) -> None:
        super().__init__(name)
        self.customer_id, self.name = customer_id, name
