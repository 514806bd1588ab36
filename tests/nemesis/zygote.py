"""A process that has imported everything and forks at once: restarts cost milliseconds, not seconds.

Each line on its input is ``{"target": …, "options": {…}, "log": path}``, each line of its output is a
process id.
Children are real processes of their own; when one ends well it leaves ``<log>.ended``.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

# Loaded here, so that no process on PostgreSQL has to do it again.
import bot.shared_engine  # noqa: F401
from tests.nemesis.bot_process import run_bot, whole_bot
from tests.nemesis.buyers import run_buyers
from tests.nemesis.naive import run_polling
from tests.nemesis.sender_process import run_sender
from tests.nemesis.timetables import run_timetable

TARGETS: dict[str, Callable[[dict[str, Any]], None]] = {
    "bot": run_bot,
    "buyers": run_buyers,
    "naive": run_polling,
    "sender": run_sender,
    "timetable": run_timetable,
}


def main() -> None:
    # Nobody waits for the children here: the kernel takes them away.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    whole_bot()
    # No child looks through what all of them share: to look would be to copy it.
    gc.collect()
    gc.freeze()
    pids = []
    for line in sys.stdin:
        wish = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _child(wish)
        pids.append(pid)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
    # Whoever asked for them is gone, and may have had no time to end them.
    for each in pids:
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


def _child(wish: dict[str, Any]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    log = os.open(wish["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    code = 1
    try:
        TARGETS[wish["target"]](wish["options"])
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        with open(f"{wish['log']}.ended", "w") as ended:
            ended.write(str(code))
        os._exit(code)


if __name__ == "__main__":
    main()
