"""Lists that customers send: photos for a colleague to type (S2.8), and files that were read."""

from __future__ import annotations

from collections.abc import Sequence

from domain.sent_lists import LeftBecause, RowLeft, SentList
from screens.callbacks.basket import OpenBasket
from screens.callbacks.sent_lists import EnterPaperList, OpenPaperList, OpenRowsLeft
from screens.home import home_button
from screens.language import Language, Words
from screens.pages import cut, titled, turning
from screens.screen import Button, Document, Screen

ROWS_TOLD = 5
"""So many rows are named over the draft; all of them are a tap away."""
ROWS_PER_PAGE = 20
MOST_ABOVE = 500
"""The draft beneath needs the rest of a message."""


def passed_on(_: Language) -> Screen:
    """S2.8."""
    text = _(
        "I sent the photo to a colleague to enter it; we send the draft right here for you to confirm. "
        "If you are in a hurry, please type the same list."
    )
    return Screen(text, ((home_button(_),),))


def unreadable_file(_: Language) -> Screen:
    """A file that is neither a picture nor a table."""
    text = _("I cannot read this kind of file. Please send the list as Excel (xlsx), CSV, a photo, or text.")
    return Screen(text, ((home_button(_),),))


def paper_list(sent: SentList, file_id: int, page: int, _: Language, *, is_picture: bool) -> Screen:
    """One photo of a list, for whoever types it."""
    text = _(
        "🖼 List of {customer}, photo {page} of {pages}",
        customer=sent.customer,
        page=page,
        pages=len(sent.pages),
    )
    rows: list[tuple[Button, ...]] = []
    if sent.entered_at is None:
        rows.append((Button(_.label("✍️ Type the list"), EnterPaperList(list_id=sent.id)),))
    turns = turning(page, len(sent.pages), lambda to: OpenPaperList(list_id=sent.id, page=to), _)
    if turns:
        rows.append(turns)
    rows.append((home_button(_),))
    if is_picture:
        return Screen(text, tuple(rows), photo=file_id)
    return Screen(text, tuple(rows), document=Document(name="list.pdf", file_id=file_id))


def lines_question(sent: SentList, _: Language) -> Screen:
    text = _(
        "Please type the list of {customer} in one message, one item on each line. "
        "It goes to the customer as a draft.",
        customer=sent.customer,
    )
    look = Button(_.label("🖼 See the photo"), OpenPaperList(list_id=sent.id, page=1))
    return Screen(text, ((look, home_button(_)),))


def lines_sent(sent: SentList, clear: int, asked: Sequence[str], _: Language) -> Screen:
    """What a colleague typed was sent; what is not clear is asked of the customer."""
    text = [
        _("The draft was sent to {customer} ✅ {count} items are clear.", customer=sent.customer, count=clear)
    ]
    if asked:
        named = Words("، ".join(str(_("“{text}”", text=each)) for each in asked[:ROWS_TOLD]))
        text.append(_("The customer is asked about: {named}", named=named))
    return Screen("\n".join(text), ((home_button(_),),))


def nothing_left_of_it(_: Language) -> Screen:
    """What was typed is in the basket, and nothing is asked about it any more."""
    basket = Button(_.label("🛒 My basket"), OpenBasket())
    return Screen(_("This list is in your basket already."), ((basket, home_button(_)),))


def over_draft(taken: int, left: Sequence[RowLeft], list_id: int, draft: Screen, _: Language) -> Screen:
    """What became of a file, over what comes next of the draft."""
    text, rows = _told(taken, left, list_id, _)
    return Screen(f"{text}\n\n{draft.text}", (*draft.rows[:-1], *rows, *draft.rows[-1:]))


def nothing_taken(left: Sequence[RowLeft], list_id: int, _: Language) -> Screen:
    """Not a single row of a file was understood."""
    text, rows = _told(0, left, list_id, _)
    advice = _("Please send the product's code or name in one column, and how many of it in another.")
    return Screen(f"{text}\n{advice}", (*rows, (home_button(_),)))


def _told(
    taken: int, left: Sequence[RowLeft], list_id: int, _: Language
) -> tuple[str, tuple[tuple[Button, ...], ...]]:
    lines = [_("📄 {count} rows of your file were understood.", count=taken)]
    if not left:
        return lines[0], ()
    lines.append(_("{count} rows were not:", count=len(left)))
    room = MOST_ABOVE
    for each in left[:ROWS_TOLD]:
        words = _row(each, _)
        room -= len(words)
        if room < 0:
            break
        lines.append(words)
    every = Button(
        _.label("📄 Rows not understood ({count})", count=len(left)), OpenRowsLeft(list_id=list_id, page=1)
    )
    return "\n".join(lines), ((every,),)


def rows_left(sent: SentList, page: int, _: Language) -> Screen:
    """All rows of a file that were not understood, a page of them."""
    shown, page, pages = cut(sent.rows_left, page, ROWS_PER_PAGE)
    heading = titled(_("📄 Rows that were not understood"), page, pages, _)
    turns = turning(page, pages, lambda to: OpenRowsLeft(list_id=sent.id, page=to), _)
    basket = Button(_.label("🛒 My basket"), OpenBasket())
    lines = [heading, *(_row(each, _) for each in shown)]
    return Screen("\n".join(lines), (*((turns,) if turns else ()), (basket, home_button(_))))


def _row(left: RowLeft, _: Language) -> Words:
    return _("Row {row}: “{said}” — {why}", row=left.row, said=_.digits(left.said), why=_why(left.why, _))


def _why(why: LeftBecause, _: Language) -> Words:
    match why:
        case LeftBecause.CODE:
            return _("no product has this code")
        case LeftBecause.CHECK_DIGIT:
            return _("the barcode's check digit is not right")
        case LeftBecause.MANY:
            return _("how many is not clear")
        case LeftBecause.NO_NAME:
            return _("it has neither name nor code")
        case LeftBecause.FULL:
            return _("an order holds no more items")
    return _("not found among our products")
