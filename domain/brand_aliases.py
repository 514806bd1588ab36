"""Other names of brands: «آوین» is also typed "Avin", and by some «آوینه»."""

from __future__ import annotations

from dataclasses import dataclass

from domain.errors import TextRefused
from domain.persian import clean, search_key

MOST_ALIAS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandAlias:
    id: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBrand:
    """A brand with what else it is called."""

    id: int
    name: str
    aliases: tuple[BrandAlias, ...] = ()

    def is_called(self, text: str) -> bool:
        key = search_key(text)
        return key == search_key(self.name) or any(key == search_key(each.text) for each in self.aliases)


def alias_text(text: str) -> str:
    """What was typed, as another name. Raises TextRefused."""
    alias = " ".join(clean(text).split())
    if not search_key(alias) or len(alias) > MOST_ALIAS:
        raise TextRefused(MOST_ALIAS)
    return alias
