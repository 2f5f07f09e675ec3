"""Five threads that each accept a client and stay with it until it leaves; the others wait in a queue of one.

passes: all
fails: none
advice: concurrency/idle_clients
"""

import threading

from right import Server


class Odd(Server):
    backlog = 0

    def serve(self, listener):
        for _ in range(4):
            threading.Thread(target=self.work, args=(listener,), daemon=True).start()
        self.work(listener)

    def work(self, listener):
        while True:
            self.handle(listener.accept()[0])


if __name__ == "__main__":
    Odd.main()
