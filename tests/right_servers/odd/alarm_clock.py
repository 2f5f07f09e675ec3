"""Is interrupted by an interval timer every 20 ms.

passes: all
fails: none
advice: none
"""

import signal

from right import Server


class Odd(Server):
    def run(self):
        signal.signal(signal.SIGALRM, lambda *_: None)
        signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
        super().run()


if __name__ == "__main__":
    Odd.main()
