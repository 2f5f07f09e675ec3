"""Listens only 6 s after its start.

passes: all
fails: none
advice: none
"""

import time

from right import Server


class Odd(Server):
    def listen(self):
        time.sleep(6)
        return super().listen()


if __name__ == "__main__":
    Odd.main()
