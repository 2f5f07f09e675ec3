"""Listens on 0.0.0.0.

passes: all
fails: none
advice: none
"""

import socket

from right import PORT, Server


class Odd(Server):
    def listen(self):
        return socket.create_server(("0.0.0.0", PORT), backlog=128)


if __name__ == "__main__":
    Odd.main()
