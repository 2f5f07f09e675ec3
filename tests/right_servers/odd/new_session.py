"""Leaves its terminal by a session of its own, and ignores SIGTERM, SIGHUP and SIGINT.

passes: all
fails: none
advice: none
"""

import os
import signal

from right import Server


class Odd(Server):
    def run(self):
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        if child := os.fork():
            os.waitpid(child, 0)
        else:
            os.setsid()
            super().run()


if __name__ == "__main__":
    Odd.main()
