"""How a Screen becomes messages of the messenger: texts that are too long are split, pictures sent once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
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
from screens.paper import Paper, Picture
from screens.screen import Document, Request, Screen
from services.rendering import MIME_TYPES, PICTURE_TYPE, Rendering
from storage.files import StoredFile
from storage.unit_of_work import Store

log = structlog.get_logger("bot.writing")

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None
Render = Callable[[Paper | Picture], Awaitable[bytes]]
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
        self._remote: dict[int, str] = {}

    def is_long(self, screen: Screen) -> bool:
        return utf16_length(screen.text) > (MOST_CAPTION if screen.photo else MOST_TEXT)

    async def send(self, chat_id: int, screen: Screen) -> Message:
        """Send the screen; of several messages the last one, which holds the buttons, is given back."""
        sent = await self._send(chat_id, await self.pictured(screen))
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
        except Exception:
            log.exception("a message is not kept up to date", kind=screen.live.kind)

    async def leave_live(self, chat_id: int, message_id: int) -> None:
        """That message becomes something else: nobody may put the old one back over it."""
        async with self._store.unit_of_work() as uow:
            await uow.live.leave(self._platform, self._bot.id, chat_id, message_id)

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

    async def _send(self, chat_id: int, screen: Screen) -> Message:
        markup = keyboard(screen) or reply_keyboard(screen)
        if isinstance(screen.document, Paper):
            screen = await self._made(screen, screen.document)
        if isinstance(screen.document, Document):
            return await self._send_document(chat_id, screen, screen.document, markup)
        if screen.photo is not None and not self.is_long(screen):
            return await self._send_photo(chat_id, screen, markup)
        *first, last = split_html(screen.text, MOST_TEXT)
        for part in first:
            await self._bot.send_message(chat_id, part)
        return await self._bot.send_message(chat_id, last, reply_markup=markup)

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
        remote = await self._remote_id(document.file_id)
        if remote is not None:
            try:
                return await self._bot.send_document(chat_id, remote, caption=caption, reply_markup=markup)
            except TelegramBadRequest as error:
                if not _is_dead_file(error):
                    raise
        file = await self._file(document.file_id)
        upload = BufferedInputFile(file.content, document.name)
        sent = await self._bot.send_document(chat_id, upload, caption=caption, reply_markup=markup)
        await self._remember(document.file_id, sent)
        return sent

    async def _send_photo(self, chat_id: int, screen: Screen, markup: Markup) -> Message:
        assert isinstance(screen.photo, int)
        remote = await self._remote_id(screen.photo)
        if remote is not None:
            try:
                return await self._bot.send_photo(chat_id, remote, caption=screen.text, reply_markup=markup)
            except TelegramBadRequest as error:
                if not _is_dead_file(error):
                    raise
        sent = await self._bot.send_photo(
            chat_id, await self._upload(screen.photo), caption=screen.text, reply_markup=markup
        )
        await self._remember(screen.photo, sent)
        return sent

    async def edit_to_photo(self, chat_id: int, message_id: int, screen: Screen) -> None:
        """A text or picture message becomes this picture with its caption."""
        assert isinstance(screen.photo, int)
        remote = await self._remote_id(screen.photo)
        if remote is not None:
            try:
                await self._edit_media(chat_id, message_id, screen, remote)
            except TelegramBadRequest as error:
                if not _is_dead_file(error):
                    raise
            else:
                return
        edited = await self._edit_media(chat_id, message_id, screen, await self._upload(screen.photo))
        if isinstance(edited, Message):
            await self._remember(screen.photo, edited)

    async def _edit_media(
        self, chat_id: int, message_id: int, screen: Screen, media: str | BufferedInputFile
    ) -> Message | bool:
        return await self._bot.edit_message_media(
            InputMediaPhoto(media=media, caption=screen.text),
            chat_id=chat_id,
            message_id=message_id,
            reply_markup=keyboard(screen),
        )

    async def _remote_id(self, file_id: int) -> str | None:
        if file_id not in self._remote:
            async with self._store.reading() as uow:
                remote = await uow.files.remote_id(self._platform, self._bot.id, file_id)
            if remote is None:
                return None
            self._remote[file_id] = remote
        return self._remote[file_id]

    async def _remember(self, file_id: int, sent: Message) -> None:
        remote = sent.photo[-1].file_id if sent.photo else sent.document.file_id if sent.document else None
        if remote is not None:
            self._remote[file_id] = remote
            async with self._store.unit_of_work() as uow:
                await uow.files.remember_upload(self._platform, self._bot.id, file_id, remote)

    async def _upload(self, file_id: int) -> BufferedInputFile:
        file = await self._file(file_id)
        return BufferedInputFile(file.content, file.name)

    async def _file(self, file_id: int) -> StoredFile:
        async with self._store.reading() as uow:
            return await uow.files.get(file_id)


def _is_dead_file(error: TelegramBadRequest) -> bool:
    return "file_id" in error.message or "file identifier" in error.message


def keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    """The buttons under a message.

    The rows are what the call will say, not a model for each button: these would only be taken apart again.
    """
    if not screen.rows:
        return None
    rows = [[{"text": each.label, "callback_data": each.tap.pack()} for each in row] for row in screen.rows]
    return InlineKeyboardMarkup.model_construct(inline_keyboard=rows)  # type: ignore[arg-type]


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
