"""Has a thread that wakes every 5 ms and works for one.

passes: all
fails: none
advice: none
"""

import threading
import time

from right import Server


def tick():
    while True:
        time.sleep(0.005)
        until = time.monotonic() + 0.001
        while time.monotonic() < until:
            pass


class Odd(Server):
    def run(self):
        threading.Thread(target=tick, daemon=True).start()
        super().run()


if __name__ == "__main__":
    Odd.main()
