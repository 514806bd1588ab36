"""What managers are told of budgets."""

from __future__ import annotations

import pytest

from domain.notifications import Notification, Recipient
from screens.language import Language
from screens.notices import told
from tests.conftest import NOW


@pytest.mark.parametrize(
    ("percent", "text"),
    [
        (80, "🎁 ۸۰٪ از بودجه «خمیردندان ۱۰+۱» مصرف شد."),
        (100, "🎁 بودجه «خمیردندان ۱۰+۱» تمام شد؛ از این پس چیزی نمی‌دهد."),
    ],
)
def test_a_budget_that_runs_out(percent: int, text: str, persian: Language) -> None:
    notification = Notification(
        key="k",
        kind="promotion_budget",
        to=Recipient(staff_id=1),
        subject_id=1,
        due_at=NOW,
        facts={"name": "خمیردندان ۱۰+۱", "percent": percent},
    )
    assert told(notification, persian).text == text
