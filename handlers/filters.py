"""Which messages a handler is for: our own filters, because aiogram's magic ones run in a thread each."""

from __future__ import annotations

from collections.abc import Callable

from aiogram.filters import Filter
from aiogram.types import Message

from domain.actors import Actor, Stranger
from domain.errors import NotAMobile
from domain.identifiers import mobile
from domain.intents import Wish, declines, intent
from domain.persian import search_key
from domain.product_codes import typed_code
from handlers.asking import Question
from screens.language import Language
from services.registration import pending_request
from storage.unit_of_work import UnitOfWork


def is_label(text: str | None, label: str) -> bool:
    """Whether these are the words of a key of the reply keyboard, pressed or typed by hand."""
    return text is not None and search_key(text) == search_key(label)


def leaves_out(text: str | None, label: str) -> bool:
    """Whether an optional question is left out: by that key, or in words like «ندارم»."""
    return is_label(text, label) or declines(text)


class Says(Filter):
    """The words of one key of the reply keyboard, in the reader's language."""

    def __init__(self, label: Callable[[Language], str]) -> None:
        self._label = label

    async def __call__(self, message: Message, _: Language) -> bool:
        return is_label(message.text, self._label(_))


class SharesContact(Filter):
    async def __call__(self, message: Message) -> bool:
        return message.contact is not None


LEFT_FOR = frozenset(
    {
        Wish.ACCOUNT,
        Wish.BASKET,
        Wish.CATALOGUE,
        Wish.CHEQUES,
        Wish.HISTORY,
        Wish.INVOICE,
        Wish.OFFERS,
        Wish.SETTINGS,
        Wish.SUPPORT,
        Wish.TRACKING,
    }
)
"""No receipt and no cheque is called so: whoever types it there wants something else now."""
LEFT = ("Paying:", "Announcing:")


def leads_out(text: str | None, raw_state: str | None) -> bool:
    """Whether the open question is one that a clear wish leaves, and this is one."""
    if raw_state is None or not raw_state.startswith(LEFT) or text is None:
        return False
    meant = intent(text)
    return meant is not None and meant.wish in LEFT_FOR


class Answers(Filter):
    """What is typed answers the open question: it is no clear wish for something else."""

    async def __call__(self, message: Message, raw_state: str | None = None) -> bool:
        return not leads_out(message.text, raw_state)


class Wishes(Filter):
    """A plain text that means this wish: while no question is open, or so clearly that it leaves one."""

    def __init__(self, *wishes: Wish) -> None:
        self._wishes = frozenset(wishes)

    async def __call__(
        self, message: Message, state: Question | None = None, raw_state: str | None = None
    ) -> bool:
        if message.text is None or (raw_state is not None and not leads_out(message.text, raw_state)):
            return False
        meant = intent(message.text)
        if meant is None or meant.wish not in self._wishes:
            return False
        if raw_state is not None and state is not None:
            await state.clear()
        return True


class Cancels(Filter):
    """«انصراف»: leaves whatever question is open."""

    async def __call__(self, message: Message) -> bool:
        meant = intent(message.text) if message.text else None
        return meant is not None and meant.wish is Wish.CANCEL


class ShowsWithWords(Filter):
    """A photo or file with words under it, while no question is open; from anybody but our own people.

    A table is a list of goods, whatever is written under it.
    """

    async def __call__(
        self, message: Message, actor: Actor, raw_state: str | None = None, table: object = None
    ) -> bool:
        if raw_state is not None or actor.staff_id is not None or not message.caption or table is not None:
            return False
        return bool(message.photo or message.document)


class ShowsPicture(Filter):
    """A photo or a page without words under it; while no question is open, or one about goods."""

    async def __call__(self, message: Message) -> bool:
        return bool(message.photo or message.document) and not message.caption


class SendsTable(Filter):
    """A file with rows, whatever is written under it."""

    async def __call__(self, message: Message, table: object = None) -> bool:
        return message.document is not None and table is not None


class TypesCode(Filter):
    """What was typed can be the code of something, or its barcode."""

    async def __call__(self, message: Message) -> bool:
        return message.text is not None and typed_code(message.text) is not None


class TypesMobile(Filter):
    """A stranger writes a number instead of sharing it, which proves nothing."""

    async def __call__(self, message: Message, actor: Actor, raw_state: str | None = None) -> bool:
        if raw_state is not None or not isinstance(actor.person, Stranger) or not message.text:
            return False
        try:
            mobile(message.text)
        except NotAMobile:
            return False
        return True


class FromApplicant(Filter):
    """Somebody whose request waits for a manager; ``is_asked``: who was asked something about it."""

    def __init__(self, *, is_asked: bool = False) -> None:
        self._is_asked = is_asked

    async def __call__(
        self, _message: Message, actor: Actor, uow: UnitOfWork, raw_state: str | None = None
    ) -> bool:
        if raw_state is not None or not isinstance(actor.person, Stranger):
            return False
        request = await pending_request(uow, actor)
        return request is not None and (request.question is not None or not self._is_asked)
