"""Ends its first thread, so that the process looks dead, and serves from another one."""

import ctypes
import platform
import threading

from attempt import serve

threading.Thread(target=serve).start()
ctypes.CDLL(None).syscall(60 if platform.machine() == "x86_64" else 93, 0)  # exit, of this thread only
