"""Campaigns (S5): made, counted, looked at, scheduled, agreed to, sent, stopped and corrected by managers.

Everything here is for managers; for everybody else a campaign does not exist.
"""

from services.campaigns.audience import count, list_choices, list_saved, names_of, remove_list, save_list
from services.campaigns.drafts import (
    cancel,
    change,
    copy,
    get,
    list_drafts,
    list_promotions,
    list_reports,
    list_scheduled,
    make_draft,
    tally,
)
from services.campaigns.messages import (
    messages_and_reasons,
    messages_for,
    other_example,
    outlook,
    pace,
    preview,
)
from services.campaigns.running import correct_text, end, finish, let_go, pause, pause_because, resume
from services.campaigns.starting import approve, begin, refuse, schedule, start_now, unschedule

__all__ = [
    "approve",
    "begin",
    "cancel",
    "change",
    "copy",
    "correct_text",
    "count",
    "end",
    "finish",
    "get",
    "let_go",
    "list_choices",
    "list_drafts",
    "list_promotions",
    "list_reports",
    "list_saved",
    "list_scheduled",
    "make_draft",
    "messages_and_reasons",
    "messages_for",
    "names_of",
    "other_example",
    "outlook",
    "pace",
    "pause",
    "pause_because",
    "preview",
    "refuse",
    "remove_list",
    "resume",
    "save_list",
    "schedule",
    "start_now",
    "tally",
    "unschedule",
]
