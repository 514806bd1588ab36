from __future__ import annotations
import random
from sandbox.clock import Clock
from sandbox.updates import Updates


class Webhooks:
    def __init__(self, clock: Clock, updates: Updates, rng: random.Random) -> None:
        self.url = ""

    def drop_pending(self) -> None:
        return

    async def close(self) -> None:
        return
