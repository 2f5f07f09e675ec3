"""A pool of five threads that serves who came last first, and has a listen queue of one.

passes: all
fails: none
advice: concurrency/idle_clients
"""

import threading
from queue import LifoQueue

from right import Server


class Odd(Server):
    backlog = 1

    def serve(self, listener):
        waiting = LifoQueue()
        for _ in range(5):
            threading.Thread(target=self.work, args=(waiting,), daemon=True).start()
        while True:
            waiting.put(listener.accept()[0])

    def work(self, waiting):
        while True:
            self.handle(waiting.get())


if __name__ == "__main__":
    Odd.main()
