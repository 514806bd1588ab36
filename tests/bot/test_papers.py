"""A document of a screen is made after the commit, kept as a file, and sent."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from typing import Any

from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import SendDocument, SendMessage, TelegramMethod
from aiogram.types import BufferedInputFile, Message
from aiogram.types import Document as SentDocument

from bot.writing import Writing
from screens.documents import invoice_paper, statement_paper
from screens.language import Language
from screens.paper import Form, Paper, Picture
from screens.screen import Screen
from storage.unit_of_work import Store
from tests.bot.kit import PLATFORM, FakeMessenger, a_bot
from tests.builders.documents import INVOICE, STATEMENT, long_statement


class Shelf(FakeMessenger):
    """Gives every document that is uploaded an id."""

    def __init__(self) -> None:
        super().__init__()
        self._ids = count(1)

    async def make_request(self, bot: Any, method: TelegramMethod[Any], timeout: int | None = None) -> Any:
        answer = await super().make_request(bot, method, timeout)
        if isinstance(answer, Message) and isinstance(method, SendDocument):
            file = SentDocument(file_id=f"remote-{next(self._ids)}", file_unique_id="u")
            return answer.model_copy(update={"document": file})
        return answer

    def sent(self) -> list[object]:
        return [each.document for each in self.called if isinstance(each, SendDocument)]


async def test_a_paper_is_made_kept_and_sent(sqlite_store: Store, now: datetime, persian: Language) -> None:
    shelf = Shelf()
    writing = Writing(a_bot(shelf), sqlite_store, PLATFORM, clock=lambda: now)
    for form in Form:
        await writing.send(5, Screen("گردش حساب", document=statement_paper(STATEMENT, form, persian)))
    pdf, excel = shelf.sent()
    assert isinstance(pdf, BufferedInputFile)
    assert isinstance(excel, BufferedInputFile)
    assert (pdf.filename, pdf.data[:5]) == ("گردش حساب-۱۴۰۵-۰۸-۳۰.pdf", b"%PDF-")
    assert (excel.filename, excel.data[:2]) == ("گردش حساب-۱۴۰۵-۰۸-۳۰.xlsx", b"PK")
    async with sqlite_store.reading() as uow:
        kept = await uow.files.get(1)
    assert (kept.name, kept.mime_type, kept.content) == (pdf.filename, "application/pdf", pdf.data)


async def test_the_same_document_is_uploaded_once(sqlite_store: Store, persian: Language) -> None:
    shelf = Shelf()
    for _start in range(2):
        writing = Writing(a_bot(shelf), sqlite_store, PLATFORM)
        await writing.send(5, Screen("فاکتور", document=invoice_paper(INVOICE, Form.PDF, persian)))
    assert shelf.sent()[1] == "remote-1"


async def test_what_the_messenger_has_forgotten_is_uploaded_again(
    sqlite_store: Store, persian: Language
) -> None:
    shelf = Shelf()
    screen = Screen("فاکتور", document=invoice_paper(INVOICE, Form.PDF, persian))
    writing = Writing(a_bot(shelf), sqlite_store, PLATFORM)
    await writing.send(5, screen)
    shelf.fail = lambda method: (
        TelegramBadRequest(method, "Bad Request: wrong file identifier/HTTP URL specified")
        if isinstance(method, SendDocument) and method.document == "remote-1"
        else None
    )
    await writing.send(5, screen)
    assert [isinstance(each, BufferedInputFile) for each in shelf.sent()] == [True, False, True]


async def test_a_document_that_cannot_be_made_is_said(sqlite_store: Store, persian: Language) -> None:
    async def broken(_paper: Paper | Picture) -> bytes:
        raise RuntimeError("no room")

    shelf = Shelf()
    paper = invoice_paper(INVOICE, Form.PDF, persian)
    await Writing(a_bot(shelf), sqlite_store, PLATFORM, broken).send(5, Screen("فاکتور", document=paper))
    assert shelf.texts() == [paper.excuse]


async def test_a_statement_too_long_for_paper_asks_for_a_shorter_period(
    sqlite_store: Store, persian: Language
) -> None:
    shelf = Shelf()
    paper = statement_paper(long_statement(2_000), Form.PDF, persian)
    await Writing(a_bot(shelf), sqlite_store, PLATFORM).send(5, Screen("گردش حساب", document=paper))
    assert "بازه کوتاه‌تری" in shelf.texts()[0]


async def test_words_too_long_for_a_caption_go_before_the_document(
    sqlite_store: Store, persian: Language
) -> None:
    shelf = Shelf()
    paper = invoice_paper(INVOICE, Form.EXCEL, persian)
    await Writing(a_bot(shelf), sqlite_store, PLATFORM).send(5, Screen("x" * 1_025, document=paper))
    said, sent = shelf.called
    assert isinstance(said, SendMessage)
    assert isinstance(sent, SendDocument)
    assert sent.caption is None
