"""Tries to set the machine's clocks, by every call that there is."""

import ctypes
import time

from attempt import serve, trying

LIBC = ctypes.CDLL(None)


class Timex(ctypes.Structure):
    _fields_ = (("modes", ctypes.c_uint), ("rest", ctypes.c_long * 30))


with trying("clock_settime"):
    time.clock_settime(time.CLOCK_REALTIME, time.time())
with trying("settimeofday"):
    assert LIBC.settimeofday((ctypes.c_long * 2)(int(time.time()), 0), None) == 0
with trying("adjtimex"):
    assert LIBC.adjtimex(ctypes.byref(Timex(modes=0x0002))) >= 0  # ADJ_FREQUENCY
with trying("a clock of its own"):
    assert LIBC.unshare(0x80) == 0  # CLONE_NEWTIME
with trying("the hardware's clock"):
    open("/dev/rtc0", "r+b").close()
serve()
