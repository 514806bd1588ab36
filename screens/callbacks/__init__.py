"""The register of all buttons that the bot has ever sent, a file per area."""

from importlib import import_module
from pkgutil import iter_modules

from aiogram.filters.callback_data import CallbackData


def all_callbacks() -> tuple[type[CallbackData], ...]:
    """Every class of the register, by prefix."""
    found: set[type[CallbackData]] = set()
    for module in iter_modules(__path__):
        for value in vars(import_module(f"{__name__}.{module.name}")).values():
            if isinstance(value, type) and issubclass(value, CallbackData) and value is not CallbackData:
                found.add(value)
    return tuple(sorted(found, key=lambda each: each.__prefix__))
