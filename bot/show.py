"""From an Answer to messenger calls: edit the message that was tapped, or send a new one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from html import escape
from typing import Any

import structlog
from aiogram import Bot
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import CallbackQuery, Message, Update

from bot.governor import Governor
from bot.writing import Writing, keyboard
from screens.callbacks.home import OpenHome
from screens.language import Language
from screens.screen import Answer, Button, Screen, Toast

log = structlog.get_logger("bot.show")

MOST_PATIENCE = 5
"""A reply is put off for so many seconds at most; later the person has tapped again."""
_ALREADY_SO = "message is not modified"
_GONE = ("message to edit not found", "message can't be edited", "there is no text in the message to edit")


class Show:
    """Puts an Answer before the person whose update this is. Replies are counted but never wait."""

    def __init__(
        self,
        bot: Bot,
        writing: Writing,
        governor: Governor,
        note_pause: Callable[[float], Awaitable[None]] | None = None,
    ) -> None:
        self._bot, self._writing, self._governor = bot, writing, governor
        self._note_pause = note_pause

    async def __call__(self, answer: Any, event: Update, _: Language) -> Any:
        if (wait := self._governor.paused_for()) > 0:
            if wait > MOST_PATIENCE:
                # The wish is done; what it made is there when the person looks again.
                log.warning("not shown: the messenger asked for silence", seconds=round(wait))
                return answer
            await asyncio.sleep(wait)
        try:
            return await self._show(answer, event, _)
        except TelegramForbiddenError as error:
            # Whoever has blocked us meanwhile sees nothing, and there is nothing to try again.
            log.info("nobody there", said=error.message)
            return answer
        except TelegramRetryAfter as busy:
            self._governor.pause(busy.retry_after)
            if self._note_pause is not None:
                await self._note_pause(busy.retry_after)
            if busy.retry_after > MOST_PATIENCE:
                raise
            await asyncio.sleep(busy.retry_after)
            return await self._show(answer, event, _)

    async def _show(self, answer: Any, event: Update, _: Language) -> Any:
        if answer is UNHANDLED or answer is None:
            if event.callback_query is not None:
                await self._answer_tap(event.callback_query, None)
            return answer
        query, message = event.callback_query, event.message or event.edited_message
        if query is not None:
            await self._tapped(answer, query)
        elif message is not None:
            await self._send(message.chat.id, as_screen(answer, _))
        return answer

    async def _tapped(self, answer: Answer, query: CallbackQuery) -> None:
        if isinstance(answer, Toast):
            await self._answer_tap(query, answer)
            return
        try:
            await self._replace(query, answer)
        finally:
            # The tap is answered after its screen stands: the waiting mark on the button goes out then.
            await self._answer_tap(query, None)

    async def _answer_tap(self, query: CallbackQuery, toast: Toast | None) -> None:
        try:
            await self._bot.answer_callback_query(
                query.id, text=toast.text[:200] if toast else None, show_alert=toast.alert if toast else None
            )
        except TelegramBadRequest as error:
            # A late answer is refused; then the words are said in a message instead.
            if toast is not None:
                await self._send(query.from_user.id, Screen(escape(toast.text, quote=False)))
            elif "query is too old" not in error.message:
                raise

    async def _replace(self, query: CallbackQuery, screen: Screen) -> None:
        """The message that was tapped becomes this screen; where it cannot, a new one is sent."""
        old = query.message
        is_apart = screen.is_new or screen.ask or screen.document or self._writing.is_long(screen)
        if not isinstance(old, Message) or is_apart:
            await self._send(old.chat.id if old else query.from_user.id, screen)
            return
        screen = await self._writing.pictured(screen)
        if screen.live is None:
            await self._writing.leave_live(old.chat.id, old.message_id)
        has_picture = bool(old.photo)
        if has_picture and screen.photo is None:
            await self._delete(old)
            await self._send(old.chat.id, screen)
            return
        self._governor.count(old.chat.id)
        try:
            if screen.photo is not None:
                await self._writing.edit_to_photo(old.chat.id, old.message_id, screen)
            else:
                await self._bot.edit_message_text(
                    screen.text,
                    chat_id=old.chat.id,
                    message_id=old.message_id,
                    reply_markup=keyboard(screen),
                )
        except TelegramBadRequest as error:
            if _ALREADY_SO not in error.message:
                if not any(reason in error.message for reason in _GONE):
                    raise
                await self._send(old.chat.id, screen)
                return
        await self._writing.keep_live(old.chat.id, old.message_id, screen)

    async def _delete(self, message: Message) -> None:
        try:
            await self._bot.delete_message(message.chat.id, message.message_id)
        except TelegramBadRequest:
            # Too old to be deleted: it stays, without its buttons, and the new screen follows it.
            try:
                await self._bot.edit_message_reply_markup(
                    chat_id=message.chat.id, message_id=message.message_id, reply_markup=None
                )
            except TelegramBadRequest:
                return

    async def _send(self, chat_id: int, screen: Screen) -> None:
        self._governor.count(chat_id)
        await self._writing.send(chat_id, screen)


def as_screen(answer: Answer, _: Language) -> Screen:
    """A toast has no chat to hang over when a text was typed: it is said as a message, with a way home."""
    if isinstance(answer, Screen):
        return answer
    return Screen(escape(answer.text, quote=False), ((Button(_.label("🏠 Home"), OpenHome()),),))
