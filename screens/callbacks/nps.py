"""Buttons of the report of what customers think."""

from aiogram.filters.callback_data import CallbackData

from domain.nps_report import NpsPart, NpsSpan
from screens.callbacks.base import Count


class OpenNps(CallbackData, prefix="npsr"):
    """The report of a week, month or quarter, ``back`` of them ago; apart by route, kind or visitor."""

    span: NpsSpan
    back: Count
    part: NpsPart


class OpenNpsChart(CallbackData, prefix="npsr.pic"):
    """How it went from one such span to the next."""

    span: NpsSpan


class OpenNpsWords(CallbackData, prefix="npsr.say"):
    """The last comments of that span."""

    span: NpsSpan
    back: Count
    page: Count


class SendNps(CallbackData, prefix="npsr.file"):
    """All answers of that span, as a workbook."""

    span: NpsSpan
    back: Count
