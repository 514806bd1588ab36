"""Examples of disputes and of what there is to do, for the gallery."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from domain.disputes import DisputeState
from sandbox.gallery_ledger import CALLS, DISPUTE, STATEMENT, TASK, TODAY
from sandbox.gallery_types import Example
from screens import disputes


def dispute_screens() -> Iterator[Example]:
    yield "disputes.row_question", lambda _: disputes.row_question(STATEMENT, 1, _)
    yield "disputes.dispute_opened", lambda _: disputes.dispute_opened(DISPUTE, _)
    yield "disputes.dispute_explained", lambda _: disputes.dispute_explained(DISPUTE, _)
    yield "disputes.disputes", lambda _: disputes.disputes((DISPUTE,), 2, _, has_more=True)
    yield "disputes.disputes: none", lambda _: disputes.disputes((), 1, _, has_more=False)
    yield "disputes.dispute_card", lambda _: disputes.dispute_card(DISPUTE, _)
    bare = replace(DISPUTE, entry=None, text="", photo_id=None)
    yield "disputes.dispute_card: not explained", lambda _: disputes.dispute_card(bare, _)
    answered = replace(DISPUTE, state=DisputeState.ANSWERED, answer="اصلاح شد")
    yield "disputes.dispute_card: answered", lambda _: disputes.dispute_card(answered, _)
    yield "disputes.dispute_photo", lambda _: disputes.dispute_photo(1, 1, 1179, _)
    yield "disputes.answer_question", lambda _: disputes.answer_question(DISPUTE, _)
    yield "disputes.answer_sent", lambda _: disputes.answer_sent(DISPUTE, _)
    kinds = ("dispute", "cheque_bounced", "cheque_announced", "cheque_talk", "other", *CALLS)
    tasks = tuple(replace(TASK, kind=kind, due_on=TODAY if at else None) for at, kind in enumerate(kinds))
    yield "disputes.tasks", lambda _: disputes.tasks(tasks, 2, _, has_more=True)
    yield "disputes.tasks: none", lambda _: disputes.tasks((), 1, _, has_more=False)
