"""Its children have children, one after the other, twenty of them, for two seconds."""

import os
import select

from listener import ok, serve

if not os.fork():
    for _ in range(20):
        if os.fork():
            os._exit(0)
        os.setsid()
        select.select([], [], [], 0.1)
    os._exit(0)
serve(ok)
