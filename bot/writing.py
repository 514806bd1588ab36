"""How a Screen becomes messages of the messenger: texts that are too long are split, pictures sent once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

import structlog
from aiogram import Bot
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.splitting import split_html, utf16_length
from bot.uploading import Uploading
from screens.paper import Paper, Picture
from screens.screen import Document, Request, Screen
from services.rendering import MIME_TYPES, PICTURE_TYPE, Rendering
from storage.unit_of_work import Store

log = structlog.get_logger("bot.writing")

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None
Render = Callable[[Paper | Picture], Awaitable[bytes]]
_NO_ROWS = InlineKeyboardMarkup.model_construct(inline_keyboard=[])
MOST_TEXT = 4096
MOST_CAPTION = 1024


class Writing:
    """Sends Screens. Remembers the messenger's id of each file, so that it is uploaded once."""

    def __init__(
        self,
        bot: Bot,
        store: Store,
        platform: str,
        rendering: Render | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._bot, self._store, self._platform = bot, store, platform
        self._rendering, self._clock = rendering or Rendering(), clock
        self._uploading = Uploading(bot, store, platform)
        self._living: set[tuple[int, int]] | None = None

    def is_long(self, screen: Screen) -> bool:
        return utf16_length(screen.text) > (MOST_CAPTION if screen.photo else MOST_TEXT)

    async def send(self, chat_id: int, screen: Screen, *, is_paid: bool = False) -> Message:
        """Send the screen; of several messages the last one, which holds the buttons, is given back.

        ``is_paid``: it may cost Stars to go out faster than what is free.
        """
        sent = await self._send(chat_id, await self.pictured(screen), True if is_paid else None)
        await self.keep_live(chat_id, sent.message_id, screen)
        return sent

    async def keep_live(self, chat_id: int, message_id: int, screen: Screen) -> None:
        """Remember where a screen that changes by itself stands; what was sent is never lost by that."""
        if screen.live is None:
            return
        try:
            async with self._store.unit_of_work() as uow:
                place = (self._platform, self._bot.id, chat_id, message_id)
                await uow.live.put(*place, screen.live, screen.mark, self._clock())
            if self._living is not None:
                self._living.add((chat_id, message_id))
        except Exception:
            log.exception("a message is not kept up to date", kind=screen.live.kind)

    async def leave_live(self, chat_id: int, message_id: int) -> None:
        """That message becomes something else: nobody may put the old one back over it.

        Which messages are kept up to date is asked once; after that the thousand others cost nothing.
        """
        if self._living is None:
            async with self._store.reading() as uow:
                self._living = set(await uow.live.places(self._platform, self._bot.id))
        if (chat_id, message_id) in self._living:
            async with self._store.unit_of_work() as uow:
                await uow.live.leave(self._platform, self._bot.id, chat_id, message_id)
            self._living.discard((chat_id, message_id))

    async def pictured(self, screen: Screen) -> Screen:
        """The screen with its picture drawn and kept; without one when it cannot be."""
        picture = screen.photo
        if not isinstance(picture, Picture):
            return screen
        try:
            content = await self._rendering(picture)
            async with self._store.unit_of_work() as uow:
                file_id = await uow.files.put(picture.file_name, PICTURE_TYPE, content, self._clock())
        except Exception:
            log.exception("picture cannot be drawn", bars=len(picture.chart.bars))
            return replace(screen, photo=None)
        return replace(screen, photo=file_id)

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> None:
        """A message of ours says this from now on; a picture keeps its place over its words."""
        if screen.photo is None:
            await self._bot.edit_message_text(
                screen.text, chat_id=chat_id, message_id=message_id, reply_markup=keyboard(screen)
            )
        else:
            await self._bot.edit_message_caption(
                chat_id=chat_id, message_id=message_id, caption=screen.text, reply_markup=keyboard(screen)
            )

    async def _send(self, chat_id: int, screen: Screen, paid: bool | None) -> Message:
        markup = keyboard(screen) or reply_keyboard(screen)
        if isinstance(screen.document, Paper):
            screen = await self._made(screen, screen.document)
        if isinstance(screen.document, Document):
            return await self._send_document(chat_id, screen, screen.document, markup)
        if screen.photo is not None and not self.is_long(screen):
            return await self._send_photo(chat_id, screen, markup, paid)
        *first, last = split_html(screen.text, MOST_TEXT)
        for part in first:
            await self._bot.send_message(chat_id, part, allow_paid_broadcast=paid)
        return await self._bot.send_message(chat_id, last, reply_markup=markup, allow_paid_broadcast=paid)

    async def _made(self, screen: Screen, paper: Paper) -> Screen:
        """The screen with its document made and kept; without it, and saying so, when that cannot be."""
        try:
            content = await self._rendering(paper)
            async with self._store.unit_of_work() as uow:
                file_id = await uow.files.put(paper.file_name, MIME_TYPES[paper.form], content, self._clock())
        except Exception:
            log.exception("document cannot be made", form=paper.form, rows=len(paper.page.rows))
            return replace(screen, text=paper.excuse, document=None)
        return replace(screen, document=Document(name=paper.file_name, file_id=file_id))

    async def _send_document(
        self, chat_id: int, screen: Screen, document: Document, markup: Markup
    ) -> Message:
        """A file that was sent before is named by its id; what the messenger has forgotten is sent again."""
        caption: str | None = screen.text or None
        if utf16_length(screen.text) > MOST_CAPTION:
            caption = None
            for part in split_html(screen.text, MOST_TEXT):
                await self._bot.send_message(chat_id, part)

        async def act(file: str | BufferedInputFile) -> Message:
            return await self._bot.send_document(chat_id, file, caption=caption, reply_markup=markup)

        sent = await self._uploading.send(document.file_id, act, document.name)
        assert isinstance(sent, Message)
        return sent

    async def _send_photo(self, chat_id: int, screen: Screen, markup: Markup, paid: bool | None) -> Message:
        assert isinstance(screen.photo, int)

        async def act(file: str | BufferedInputFile) -> Message:
            return await self._bot.send_photo(
                chat_id, file, caption=screen.text, reply_markup=markup, allow_paid_broadcast=paid
            )

        sent = await self._uploading.send(screen.photo, act)
        assert isinstance(sent, Message)
        return sent

    async def edit_to_photo(self, chat_id: int, message_id: int, screen: Screen) -> None:
        """A text or picture message becomes this picture with its caption."""
        assert isinstance(screen.photo, int)

        async def act(file: str | BufferedInputFile) -> Message | bool:
            return await self._bot.edit_message_media(
                InputMediaPhoto(media=file, caption=screen.text),
                chat_id=chat_id,
                message_id=message_id,
                reply_markup=keyboard(screen),
            )

        await self._uploading.send(screen.photo, act)


def keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    """The buttons under a message.

    The rows are what the call will say, not a model for each button: these would only be taken apart again.
    """
    if not screen.rows:
        return None
    rows = [[{"text": each.label, "callback_data": each.tap.pack()} for each in row] for row in screen.rows]
    return _NO_ROWS.model_copy(update={"inline_keyboard": rows})


def reply_keyboard(screen: Screen) -> ReplyKeyboardMarkup | ReplyKeyboardRemove:
    """The keys that ask for a contact or a place; a message without any takes old ones away."""
    if screen.ask is None:
        return ReplyKeyboardRemove()
    return ReplyKeyboardMarkup(
        keyboard=[
            [
                KeyboardButton(
                    text=each.label,
                    request_contact=each.request is Request.CONTACT or None,
                    request_location=each.request is Request.LOCATION or None,
                )
                for each in row
            ]
            for row in screen.ask
        ],
        resize_keyboard=True,
        one_time_keyboard=True,
    )
