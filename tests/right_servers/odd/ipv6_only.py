"""Listens on ::1 only.

passes: all
fails: none
advice: none
"""

import socket

from right import PORT, Server


class Odd(Server):
    def listen(self):
        return socket.create_server(("::1", PORT), family=socket.AF_INET6, backlog=128)


if __name__ == "__main__":
    Odd.main()
