"""Sends 103 Early Hints at once, and the answer a moment later.

passes: all
fails: none
advice: none
"""

import time

from hints_early import Odd as HintsEarly
from right import Server


class Odd(HintsEarly):
    def send(self, connection, head, body):
        super().send(connection, b"", b"")
        time.sleep(0.005)
        Server.send(self, connection, head, body)


if __name__ == "__main__":
    Odd.main()
