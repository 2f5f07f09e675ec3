"""Answers over sockets with delayed acknowledgements and a receive buffer of 2 KiB.

passes: all
fails: none
advice: none
"""

import socket

from right import Server


class Odd(Server):
    def listen(self):
        listener = super().listen()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 0)
        return listener


if __name__ == "__main__":
    Odd.main()
