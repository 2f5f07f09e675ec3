"""Sets TCP_DEFER_ACCEPT, so that it meets its clients only when they say something.

passes: all
fails: none
advice: none
"""

import socket

from right import Server


class Odd(Server):
    def listen(self):
        listener = super().listen()
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, 5)
        return listener


if __name__ == "__main__":
    Odd.main()
