"""A tap goes straight to its button's handlers, and to those to which aiogram alone would take it."""

from __future__ import annotations

from typing import Any

import pytest
from aiogram import Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Chat, Message, User

from handlers import routers
from handlers.tapping import TapsByPrefix, button_of
from screens.callbacks import all_callbacks
from screens.callbacks.catalogue import OpenCategory, OpenProduct
from screens.callbacks.home import OpenHome
from tests.conftest import NOW

PERSON = User(id=1, is_bot=False, first_name="کسی")
PREFIXES = sorted(each.__prefix__ for each in all_callbacks())


def a_tap(data: str | None) -> CallbackQuery:
    return CallbackQuery(id="1", from_user=PERSON, chat_instance="1", data=data)


async def product(_query: CallbackQuery, callback_data: OpenProduct) -> str:
    return f"product {callback_data.product_id}"


async def category(_query: CallbackQuery, callback_data: OpenCategory) -> str:
    return f"category {callback_data.category_id}, page {callback_data.page}"


async def old(_query: CallbackQuery) -> str:
    return "old"


async def written(message: Message) -> str:
    return f"written {message.text}"


class Never(Filter):
    async def __call__(self, _query: CallbackQuery) -> bool:
        return False


def a_root(root: Router) -> Router:
    """Two areas with a button each, and a fallback; an area nested within the other."""
    first, second, last = Router(), Router(), Router()
    first.callback_query.register(category, OpenCategory.filter())
    second.callback_query.register(product, OpenProduct.filter())
    first.include_router(second)
    last.callback_query.register(old)
    last.message.register(written)
    root.include_routers(first, last)
    return root


async def taken(root: Router, data: str | None) -> Any:
    return await root.propagate_event("callback_query", a_tap(data))


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        ("product:7", "product 7"),
        ("shop.cat:3:2", "category 3, page 2"),
        ("never.sent:1", "old"),
        ("product", "old"),
        ("product:", "old"),
        ("product:0", "old"),
        ("product:x", "old"),
        ("product:7:8", "old"),
        ("productive:7", "old"),
        ("Product:7", "old"),
        (":product:7", "old"),
        ("", "old"),
        (None, "old"),
    ],
)
async def test_a_tap_goes_to_its_buttons_handler_and_any_other_to_the_fallback(
    data: str | None, answer: str
) -> None:
    assert await taken(a_root(TapsByPrefix()), data) == answer
    assert await taken(a_root(Router()), data) == answer


async def test_what_no_handler_takes_is_left_unhandled() -> None:
    root = TapsByPrefix()
    root.callback_query.register(product, OpenProduct.filter())
    assert await taken(root, "product:7") == "product 7"
    for data in ("product:x", "home", None):
        assert await taken(root, data) is UNHANDLED


async def test_a_handler_whose_other_filter_refuses_passes_the_tap_on() -> None:
    root = TapsByPrefix()
    root.callback_query.register(category, OpenProduct.filter(), Never())
    root.callback_query.register(product, OpenProduct.filter())
    assert await taken(root, "product:7") == "product 7"


async def test_other_updates_go_the_usual_way() -> None:
    message = Message(message_id=1, date=NOW, chat=Chat(id=1, type="private"), text="سلام", from_user=PERSON)
    assert await a_root(TapsByPrefix()).propagate_event("message", message) == "written سلام"


def handlers_of(root: Router) -> list[HandlerObject]:
    return [each for router in root.chain_tail for each in router.callback_query.handlers]


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[HandlerObject]:
    """Every handler of a tap that is tried, in order; none of them takes it."""
    order: list[HandlerObject] = []
    check = HandlerObject.check

    async def refuse(self: HandlerObject, *args: Any, **kwargs: Any) -> tuple[bool, dict[str, Any]]:
        # An observer keeps its own filters in such an object too: these say yes.
        if self.callback.__module__.startswith("handlers."):
            order.append(self)
            return False, {}
        return await check(self, *args, **kwargs)

    monkeypatch.setattr(HandlerObject, "check", refuse)
    return order


@pytest.fixture(scope="module")
def root() -> Router:
    """All of our handlers; nobody changes anything about them here."""
    return routers()


@pytest.mark.parametrize("prefix", [*PREFIXES, "never.sent"])
async def test_each_button_is_tried_in_the_order_of_aiogram(
    prefix: str, root: Router, tried: list[HandlerObject]
) -> None:
    assert await taken(root, f"{prefix}:1") is UNHANDLED
    ours = list(tried)
    tried.clear()
    await Router.propagate_event(root, "callback_query", a_tap(f"{prefix}:1"))
    assert len(tried) == len(handlers_of(root)), "aiogram alone asks all of them"
    assert ours == [each for each in tried if button_of(each) in (prefix, None)]


async def test_every_registered_handler_is_found(root: Router, tried: list[HandlerObject]) -> None:
    for prefix in PREFIXES:
        await taken(root, f"{prefix}:1")
    assert {id(each) for each in tried} == {id(each) for each in handlers_of(root)}


async def test_a_handler_is_known_by_its_button(root: Router) -> None:
    two = Router()
    two.callback_query.register(product, Never(), OpenProduct.filter())
    two.callback_query.register(old, Never())
    assert [button_of(each) for each in two.callback_query.handlers] == ["product", None]
    assert OpenHome.__prefix__ in {button_of(each) for each in handlers_of(root)}
