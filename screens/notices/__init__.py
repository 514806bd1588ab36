"""What is told unasked: for each kind of notification the screen that tells it, a file per area.

An area registers its kinds with :func:`notice`; the courier asks :func:`told`.
"""

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from domain.notifications import Notification
from screens.language import Language
from screens.screen import Screen

Teller = Callable[[Notification, Language], Screen]
_TELLERS: dict[str, Teller] = {}


def notice(kind: str) -> Callable[[Teller], Teller]:
    """Register the screen of one kind; a kind is registered once."""

    def register(teller: Teller) -> Teller:
        if kind in _TELLERS:
            raise ValueError(f"two screens tell {kind}")
        _TELLERS[kind] = teller
        return teller

    return register


def all_kinds() -> tuple[str, ...]:
    _load()
    return tuple(sorted(_TELLERS))


def told(notification: Notification, _: Language) -> Screen:
    """The words of a notification, in its reader's language, made when it is told."""
    _load()
    return _TELLERS[notification.kind](notification, _)


def _load() -> None:
    if not _TELLERS:
        for module in iter_modules(__path__):
            import_module(f"{__name__}.{module.name}")
