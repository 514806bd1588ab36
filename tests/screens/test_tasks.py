"""What waits for a colleague, and the way to it."""

from __future__ import annotations

from domain.staff import Role
from domain.tasks import Task
from screens.callbacks.instruments import OpenChequeCard
from screens.callbacks.ledger import FinishTask, OpenDispute
from screens.disputes import tasks
from screens.language import Language


def a_task(number: int, kind: str) -> Task:
    return Task(
        id=number, key=f"{kind}:{number}", kind=kind, role=Role.FINANCE, subject_id=70 + number,
        customer_name="سالن زیبایی نگین", facts={"number": 1_179},
    )  # fmt: skip


def test_each_task_leads_to_what_it_is_about(persian: Language) -> None:
    kinds = ("dispute", "cheque_bounced", "something_else")
    screen = tasks([a_task(at, kind) for at, kind in enumerate(kinds, start=1)], 1, persian, has_more=False)
    assert screen.taps[:5] == (
        OpenDispute(dispute_id=71),
        FinishTask(task_id=1, page=1),
        OpenChequeCard(cheque_id=72),
        FinishTask(task_id=2, page=1),
        FinishTask(task_id=3, page=1),
    )
    assert screen.labels[0] == ("👁 ۱ دیدن", "✅ ۱ انجام شد")
