"""Has three workers, each with a listening socket of its own for the same port.

passes: all
fails: none
advice: none
"""

import os
import socket

from right import PORT, Server


class Odd(Server):
    def run(self):
        for _ in range(3):
            if not os.fork():
                super().run()
        os.wait()

    def listen(self):
        return socket.create_server(("127.0.0.1", PORT), reuse_port=True, backlog=128)


if __name__ == "__main__":
    Odd.main()
