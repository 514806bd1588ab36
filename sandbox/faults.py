"""Things that go wrong on purpose."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import Any

from sandbox.errors import ControlError
from sandbox.params import Params

CALL_KINDS = frozenset(["error", "timeout", "lost_answer", "reset", "slow", "html", "truncated", "outage"])
WEBHOOK_KINDS = frozenset(
    ["webhook_duplicate", "webhook_reorder", "webhook_bad_secret", "webhook_drop_after", "webhook_late"]
)
DESCRIPTIONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass(slots=True)
class Fault:
    id: int
    kind: str
    method: str = "*"
    user_id: int | None = None
    contains: str | None = None
    code: int | None = None
    description: str | None = None
    retry_after: int | None = None
    seconds: float | None = None
    times: int | None = None
    probability: float = 1.0
    # When an outage ends, by the real clock: the network does not care what time the sandbox plays.
    until: float | None = None

    def fits(self, method: str, user_id: int | None, params: Params | None) -> bool:
        if self.method != "*" and self.method.lower() != method.lower():
            return False
        if self.user_id is not None and self.user_id != user_id:
            return False
        if self.contains is not None:
            values = params.values.values() if params is not None else ()
            return any(self.contains in str(value) for value in values)
        return True

    def view(self) -> dict[str, Any]:
        keys = "kind method user_id contains code description retry_after seconds times probability"
        return {"fault_id": self.id, **{key: getattr(self, key) for key in keys.split()}}

    def refusal(self) -> tuple[int, str]:
        """Return the code and words of an error made up by this fault."""
        code = self.code or (429 if self.retry_after is not None else 500)
        if self.description is not None:
            return code, self.description
        if code == 429:
            return code, f"Too Many Requests: retry after {self.seconds_to_retry()}"
        return code, DESCRIPTIONS.get(code, "Internal Server Error")

    def seconds_to_retry(self) -> int:
        return self.retry_after if self.retry_after is not None else 1


class Faults:
    """The faults that are armed now; each takes part `times` times, or until it is removed."""

    def __init__(self, rng: random.Random) -> None:
        self.armed: list[Fault] = []
        self._random = rng
        self._last_id = 0

    def add(self, wish: dict[str, Any]) -> Fault:
        kind = wish.get("kind")
        if kind not in CALL_KINDS | WEBHOOK_KINDS:
            raise ControlError(f"no such kind of fault: {kind}")
        unknown = set(wish) - {field for field in Fault.__slots__ if field not in ("id", "until")}
        if unknown:
            raise ControlError(f"unknown fields of a fault: {', '.join(sorted(unknown))}")
        self._last_id += 1
        fault = Fault(self._last_id, **{key: value for key, value in wish.items() if value is not None})
        if kind == "outage" and fault.seconds is not None:
            fault.until = time.monotonic() + fault.seconds
        self.armed.append(fault)
        return fault

    def pick(
        self, method: str, user_id: int | None, params: Params | None, *, webhook: bool = False
    ) -> Fault | None:
        """Return the first armed fault that strikes here, and use up one of its times."""
        if not self.armed:
            return None
        kinds = WEBHOOK_KINDS if webhook else CALL_KINDS
        now = time.monotonic()
        self.armed = [fault for fault in self.armed if fault.until is None or fault.until > now]
        for fault in self.armed:
            if fault.kind not in kinds or not fault.fits(method, user_id, params):
                continue
            if fault.probability < 1.0 and self._random.random() >= fault.probability:
                continue
            self._use(fault)
            return fault
        return None

    def views(self) -> list[dict[str, Any]]:
        return [fault.view() for fault in self.armed]

    def clear(self) -> None:
        self.armed.clear()

    def _use(self, fault: Fault) -> None:
        if fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                self.armed = [other for other in self.armed if other is not fault]
