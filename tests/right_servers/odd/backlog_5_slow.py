"""Has a backlog of 5, and needs 2 ms to accept a client.

passes: all
fails: none
advice: none
"""

import time

from right import Server


class Odd(Server):
    backlog = 5

    def handle(self, connection):
        super().handle(connection)

    def serve(self, listener):
        accept = listener.accept

        class Slow:
            def accept(self):
                time.sleep(0.002)
                return accept()

        super().serve(Slow())


if __name__ == "__main__":
    Odd.main()
