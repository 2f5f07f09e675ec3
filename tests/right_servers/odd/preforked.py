"""Has four workers that share the listening socket; the parent only waits.

passes: all
fails: none
advice: none
"""

import os

from right import Server


class Odd(Server):
    def serve(self, listener):
        for _ in range(4):
            if not os.fork():
                super().serve(listener)
        os.wait()


if __name__ == "__main__":
    Odd.main()
