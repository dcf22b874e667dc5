"""A point in time after which a search stops and reports what it has found so far."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from theory.language.errors import InputError, explain


@dataclass(frozen=True)
class Deadline:
    """The moment, on the monotonic clock, at which time is up."""

    end: float
    start: float

    @classmethod
    def after(cls, seconds: float | int | None) -> Deadline:
        """Return the deadline `seconds` from now; None means no limit.

        Raises InputError unless `seconds` is a positive number.
        """
        now = time.monotonic()
        if seconds is None:
            return cls(math.inf, now)
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not seconds > 0:
            raise InputError(explain("timeout", "a positive number of seconds", repr(seconds), "Give, say, 60."))
        return cls(now + seconds, now)

    @property
    def left(self) -> float:
        """Seconds until time is up, 0 if it is."""
        return max(0.0, self.end - time.monotonic())

    @property
    def passed(self) -> bool:
        """Whether time is up."""
        return time.monotonic() >= self.end

    @property
    def elapsed(self) -> float:
        """Seconds since the deadline was set."""
        return time.monotonic() - self.start

    def within(self, seconds: float) -> Deadline:
        """Return the earlier of this deadline and the one `seconds` from now, counting from now."""
        now = time.monotonic()
        return Deadline(min(self.end, now + seconds), now)
