"""Has uploads written by a thread of its own, but answers only when they are.

passes: all
fails: none
advice: none
"""

import queue
import threading

from right import Application, Server


class Queued(Application):
    def __init__(self, directory):
        super().__init__(directory)
        self.jobs = queue.Queue()
        threading.Thread(target=self.work, daemon=True).start()

    def work(self):
        while True:
            request, name, done = self.jobs.get()
            done.put(super().files(request, name))

    def files(self, request, name):
        done = queue.Queue()
        self.jobs.put((request, name, done))
        return done.get()


class Odd(Server):
    application = Queued


if __name__ == "__main__":
    Odd.main()
