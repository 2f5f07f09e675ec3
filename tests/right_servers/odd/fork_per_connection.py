"""Forks a process for each connection.

passes: all
fails: none
advice: none
"""

import os
import signal

from right import Server


class Odd(Server):
    def serve(self, listener):
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        while True:
            connection, _ = listener.accept()
            with connection:
                if not os.fork():
                    listener.close()
                    self.handle(connection)
                    os._exit(0)


if __name__ == "__main__":
    Odd.main()
