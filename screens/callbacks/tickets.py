"""Buttons of the desk of tickets."""

from aiogram.filters.callback_data import CallbackData

from screens.callbacks.base import Count, Id


class OpenTickets(CallbackData, prefix="tk"):
    """What is open, by its deadline."""

    page: Count


class OpenTicket(CallbackData, prefix="tk.one"):
    ticket_id: Id


class CallCustomer(CallbackData, prefix="tk.tel"):
    """Whom to call, and at which number."""

    ticket_id: Id


class AskOwner(CallbackData, prefix="tk.who"):
    """To whom is it given?"""

    ticket_id: Id
    page: Count


class AssignTicket(CallbackData, prefix="tk.to"):
    ticket_id: Id
    staff_id: Id


class OpenTicketOrder(CallbackData, prefix="tk.o"):
    """The order that it is about."""

    ticket_id: Id


class OpenTicketHistory(CallbackData, prefix="tk.was"):
    ticket_id: Id


class OpenTicketPhoto(CallbackData, prefix="tk.pic"):
    ticket_id: Id


class NoteTicket(CallbackData, prefix="tk.note"):
    """Something is noted for colleagues."""

    ticket_id: Id


class SolveTicket(CallbackData, prefix="tk.done"):
    """It is put right: what the customer is told about it is typed next."""

    ticket_id: Id
