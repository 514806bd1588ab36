"""How a Screen becomes messages of the messenger: texts that are too long are split, pictures sent once."""

from __future__ import annotations

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
from screens.screen import Request, Screen
from storage.files import StoredFile
from storage.unit_of_work import Store

MOST_TEXT = 4096
MOST_CAPTION = 1024


class Writing:
    """Sends Screens. Remembers the messenger's id of each picture, so that it is uploaded once."""

    def __init__(self, bot: Bot, store: Store, platform: str) -> None:
        self._bot, self._store, self._platform = bot, store, platform
        self._remote: dict[int, str] = {}

    def is_long(self, screen: Screen) -> bool:
        return utf16_length(screen.text) > (MOST_CAPTION if screen.photo else MOST_TEXT)

    async def send(self, chat_id: int, screen: Screen) -> Message:
        """Send the screen; of several messages the last one, which holds the buttons, is given back."""
        markup = keyboard(screen) or reply_keyboard(screen)
        if screen.document is not None:
            file = await self._file(screen.document.file_id)
            return await self._bot.send_document(
                chat_id,
                BufferedInputFile(file.content, screen.document.name),
                caption=screen.text or None,
                reply_markup=markup,
            )
        if screen.photo is not None and not self.is_long(screen):
            return await self._send_photo(chat_id, screen, markup)
        *first, last = split_html(screen.text, MOST_TEXT)
        for part in first:
            await self._bot.send_message(chat_id, part)
        return await self._bot.send_message(chat_id, last, reply_markup=markup)

    async def _send_photo(
        self,
        chat_id: int,
        screen: Screen,
        markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None,
    ) -> Message:
        assert screen.photo is not None
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
        assert screen.photo is not None
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
        if sent.photo:
            self._remote[file_id] = sent.photo[-1].file_id
            async with self._store.unit_of_work() as uow:
                await uow.files.remember_upload(self._platform, self._bot.id, file_id, sent.photo[-1].file_id)

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
