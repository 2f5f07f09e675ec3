"""Listens on a second port for its metrics, and on a Unix socket.

passes: all
fails: none
advice: none
"""

import socket

from right import Server


class Odd(Server):
    def run(self):
        self.others = [socket.create_server(("127.0.0.1", 9000)), socket.socket(socket.AF_UNIX)]
        self.others[1].bind("\0admin")
        self.others[1].listen()
        super().run()


if __name__ == "__main__":
    Odd.main()
