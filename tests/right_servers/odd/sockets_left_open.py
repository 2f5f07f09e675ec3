"""Looks only every 2 s which of its clients have left, and closes their sockets then.

passes: all
fails: none
advice: none
"""

import threading
import time

from right import Server


class Odd(Server):
    def run(self):
        self.left = []
        threading.Thread(target=self.sweep, daemon=True).start()
        super().run()

    def handle(self, connection):
        try:
            self.converse(connection)
            connection.shutdown(1)
        except OSError:
            pass
        self.left.append(connection)

    def sweep(self):
        while True:
            time.sleep(2)
            while self.left:
                self.left.pop().close()


if __name__ == "__main__":
    Odd.main()
