"""Leaves a process that becomes another one, under another name, twenty times a second."""

import os
import sys
from pathlib import Path

from attempt import LONGEST_LIFE_S, serve

AGAIN = f"""
import os, sys, time
names = ("[kworker/0:1]", "systemd", "grade", "python3", "-bash")
turn = int(sys.argv[1])
time.sleep(0.05)
if turn > {LONGEST_LIFE_S * 20}: sys.exit()
if os.fork(): os._exit(0)
os.setsid()
os.execv({sys.executable!r}, [names[turn % len(names)], __file__, str(turn + 1)])
"""

Path("again.py").write_text(AGAIN)
if not os.fork():
    os.execv(sys.executable, ["[kthreadd]", os.path.abspath("again.py"), "1"])
serve()
