"""The words of a company that counts in rials."""

from __future__ import annotations

from typing import Protocol


class Catalogue(Protocol):
    def gettext(self, message: str) -> str: ...


class InRials:
    """The same words, with rials where toman are said.

    A sentence that tells the two units apart stays as it is.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._known: dict[str, str] = {}

    def gettext(self, message: str) -> str:
        if message not in self._known:
            self._known[message] = self._exchanged(self._catalogue.gettext(message))
        return self._known[message]

    def _exchanged(self, text: str) -> str:
        toman, rial = self._catalogue.gettext("toman"), self._catalogue.gettext("rials")
        return text if rial in text else text.replace(toman, rial)
