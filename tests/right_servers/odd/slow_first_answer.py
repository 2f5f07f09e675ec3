"""Takes 3 s for the first answer, as one that loads a model at the first request.

passes: all
fails: none
advice: none
"""

import functools
import threading
import time

from right import Server

LOCK = threading.Lock()


@functools.cache
def load():
    time.sleep(3)


class Odd(Server):
    def reply(self, connection, request):
        with LOCK:
            load()
        return super().reply(connection, request)


if __name__ == "__main__":
    Odd.main()
