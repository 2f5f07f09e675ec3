"""Does not set SO_REUSEADDR.

passes: all
fails: none
advice: none
"""

import socket

from right import PORT, Server


class Odd(Server):
    def listen(self):
        listener = socket.socket()
        listener.bind(("127.0.0.1", PORT))
        listener.listen()
        return listener


if __name__ == "__main__":
    Odd.main()
