"""What an expected line may say: the fields of loops, stages, obligations and indicators."""

from __future__ import annotations

from collections.abc import Mapping

from lianfang.core.cases.fit import Fit, flag, instant, last_day, lateness, number, path, text

NUMBER = "number"
"""Asks for exactly so many result lines; any line may carry it."""

SECTIONS: Mapping[str, Mapping[str, Fit]] = {
    "loops": {
        "measure": text,
        "subject": text,
        "state": text,
        "outcome": text,
        "opened": instant,
        "day_one": instant,
        "release": instant,
        "ended": instant,
        "stage": text,
        "waits_for": path,
        "exit": text,
        "superseded_by": text,
    },
    "stages": {
        "measure": text,
        "stage": text,
        "subject": text,
        "from": instant,
        "to": last_day,
        "planned_to": last_day,
    },
    "obligations": {
        "measure": text,
        "requirement": path,
        "subject": text,
        "occurrence": number,
        "from": instant,
        "due": instant,
        "status": text,
        "evidence_at": instant,
        "late_by": lateness,
        "by": text,
    },
    "indicators": {
        "indicator": text,
        "period": text,
        "met": number,
        "total": number,
        "percent": number,
        "value": number,
        "need": number,
        "held": number,
        "gap": number,
        "target_met": flag,
    },
}

NO_LOOPS = "no_loops"
NO_LOOP_FIELDS = ("measure", "subject")
