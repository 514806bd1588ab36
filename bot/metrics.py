"""Counters that are looked at when something is wrong (prometheus names; no label ever holds a person)."""

from prometheus_client import Counter, Gauge

updates_in = Counter("bonak_updates_in", "Updates written to the inbox", ["platform"])
updates_done = Counter("bonak_updates_done", "Updates worked off", ["platform"])
updates_failed = Counter("bonak_updates_failed", "Attempts at an update that failed", ["platform"])
updates_dead = Counter("bonak_updates_dead", "Updates set aside as dead", ["platform"])
refusals = Counter("bonak_refusals", "Wishes that the business refused", ["kind"])
last_poll = Gauge("bonak_last_poll_seconds", "When the messenger last answered, in Unix time", ["platform"])
job_runs = Counter("bonak_job_runs", "Runs of the timetable's jobs", ["job", "outcome"])
jobs_failing = Counter("bonak_jobs_failing", "Runs that failed for the third time in a row or more", ["job"])
last_run = Gauge("bonak_job_last_run_seconds", "When a job last ended, in Unix time", ["job"])
outages = Counter("bonak_outages", "Times in which the messenger was out of reach for long", ["platform"])
outages_with_loss = Counter("bonak_outages_with_loss", "Those that lasted more than a day", ["platform"])
backlogs_full = Counter(
    "bonak_backlogs_full", "Outages after which as much waited as is kept at most", ["platform"]
)
