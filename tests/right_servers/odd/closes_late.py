"""Closes the connection 1 to 50 ms after the last answer.

passes: all
fails: none
advice: none
"""

import random
import time

from right import Server


class Odd(Server):
    def leave(self, connection):
        time.sleep(random.uniform(0.001, 0.05))


if __name__ == "__main__":
    Odd.main()
