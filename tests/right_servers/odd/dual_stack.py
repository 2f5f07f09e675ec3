"""Listens on ::, for IPv4 too.

passes: all
fails: none
advice: none
"""

import socket

from right import PORT, Server


class Odd(Server):
    def listen(self):
        return socket.create_server(("::", PORT), family=socket.AF_INET6, dualstack_ipv6=True, backlog=128)


if __name__ == "__main__":
    Odd.main()
