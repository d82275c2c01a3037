"""Calls at exact moments: the timers of event loops have steps of a millisecond."""

from __future__ import annotations

import asyncio
import ctypes
import heapq
import itertools
import os
import sys
import time
from collections.abc import Callable

_MONOTONIC, _NONBLOCK, _CLOEXEC, _ABSOLUTE = 1, 0o4000, 0o2000000, 1
_NANOSECONDS = 1_000_000_000


class Alarm:
    """Calls back at moments of `time.perf_counter()`, late by tens of microseconds on Linux.

    The kernel's timerfd wakes the loop there; elsewhere it is the loop's own timer.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._heap: list[tuple[float, int, Callable[[], None]]] = []
        self._number = itertools.count()
        self._timer = _TimerFd() if sys.platform == "linux" else None
        if self._timer:
            loop.add_reader(self._timer.fd, self._ring)

    def at(self, when: float, callback: Callable[[], None]) -> None:
        heapq.heappush(self._heap, (when, next(self._number), callback))
        if self._heap[0][0] == when:
            self._arm()

    def close(self) -> None:
        self._heap.clear()
        if self._timer:
            self._loop.remove_reader(self._timer.fd)
            os.close(self._timer.fd)

    def _ring(self) -> None:
        if self._timer:
            self._timer.acknowledge()
        heap = self._heap
        try:
            while heap and heap[0][0] <= time.perf_counter():
                heapq.heappop(heap)[2]()
        finally:
            if heap:
                self._arm()

    def _arm(self) -> None:
        if self._timer:
            self._timer.arm(self._heap[0][0])
        else:
            self._loop.call_later(self._heap[0][0] - time.perf_counter(), self._ring)


class _TimerFd:
    """timerfd_create(2), which Python has from 3.13 on."""

    def __init__(self) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self.fd: int = self._libc.timerfd_create(_MONOTONIC, _NONBLOCK | _CLOEXEC)
        if self.fd < 0:
            raise OSError(ctypes.get_errno(), "timerfd_create")

    def arm(self, when: float) -> None:
        nanoseconds = max(1, int(when * _NANOSECONDS))
        # struct itimerspec: no interval, then the moment in seconds and nanoseconds.
        moment = (ctypes.c_long * 4)(0, 0, *divmod(nanoseconds, _NANOSECONDS))
        if self._libc.timerfd_settime(self.fd, _ABSOLUTE, moment, None):
            raise OSError(ctypes.get_errno(), "timerfd_settime")

    def acknowledge(self) -> None:
        try:
            os.read(self.fd, 8)
        except BlockingIOError:
            return  # Armed anew since it rang.
