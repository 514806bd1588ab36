"""aiogram hands arguments over by name: every name a handler asks for must be on offer."""

import inspect

from handlers import routers
from handlers.reading import READS, reading_prefixes
from screens.callbacks import all_callbacks

ON_OFFER = {
    "actor",
    "uow",
    "now",
    "_",
    "callback_data",
    "state",
    "command",
    "file",
    "scan",
    "table",
    "taken",
    "company",
}


def test_every_handler_asks_only_for_what_is_on_offer() -> None:
    for router in routers().chain_tail:
        for name, observer in router.observers.items():
            for handler in observer.handlers:
                _event, *asked = inspect.signature(handler.callback).parameters
                assert set(asked) <= ON_OFFER, (router, name, handler.callback.__name__)


def test_every_button_has_a_handler() -> None:
    answered = set()
    for router in routers().chain_tail:
        for handler in router.callback_query.handlers:
            for each in handler.filters or ():
                if data := getattr(each.callback, "callback_data", None):
                    answered.add(data.__prefix__)
    assert {each.__prefix__ for each in all_callbacks()} - answered == set()


def test_the_reading_handlers_are_known_by_their_prefix() -> None:
    prefixes = reading_prefixes(routers())
    assert "home" in prefixes
    assert "place" not in prefixes
    assert READS == {"reads": True}


def test_a_magic_filter_is_nowhere() -> None:
    """They run in a thread for each handler that is tried."""
    for router in routers().chain_tail:
        for observer in router.observers.values():
            for handler in observer.handlers:
                for each in handler.filters or ():
                    assert each.magic is None, handler.callback.__name__


def test_the_fallback_is_tried_last() -> None:
    assert routers().sub_routers[-1].name == "fallback"
