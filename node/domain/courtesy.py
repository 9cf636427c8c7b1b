"""Who goes first when messages come in a rush: the door, for a while; what was taken in is worked off once the rush is over."""

from __future__ import annotations

import math
from dataclasses import dataclass

#: More arrivals a second than this are a rush; how quickly one is noticed, and that it is over, in seconds.
RUSH, SPAN = 60.0, 0.5
#: When nothing has come for so many seconds, the rush is over, however dense it was.
STILL = 0.1
#: So long the work lets arrivals go first; then both go on side by side until it is quiet again.
PATIENCE = 10.0
#: How often one looks whether the rush is over, in seconds.
LOOK = 0.05


@dataclass(slots=True)
class Courtesy:
    """How the work of a process gives way to its door. Moments are seconds of a monotonic clock."""

    _level: float = 0.0
    _at: float = 0.0
    _waited: float = 0.0

    def arrived(self, at: float) -> None:
        """Something came in."""
        self._level = self._left(at) + 1.0
        self._at = at

    def pause(self, at: float) -> float:
        """How long to wait before the next piece of work; 0 when there is no rush, or it has lasted long enough."""
        if at - self._at > STILL or self._left(at) < RUSH * SPAN:
            self._waited = 0.0
        elif self._waited < PATIENCE:
            self._waited += LOOK
            return LOOK
        return 0.0

    def _left(self, at: float) -> float:
        """Arrivals of late, the older the less they count."""
        return self._level * math.exp(min(0.0, self._at - at) / SPAN)
