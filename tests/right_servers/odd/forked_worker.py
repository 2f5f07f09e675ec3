"""Forks a worker that listens and serves, and waits for it.

passes: all
fails: none
advice: none
"""

import os

from right import Server


class Odd(Server):
    def run(self):
        if worker := os.fork():
            os.waitpid(worker, 0)
        else:
            super().run()


if __name__ == "__main__":
    Odd.main()
