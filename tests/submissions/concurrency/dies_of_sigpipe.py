"""As a C program it ends when it sends the second piece of an answer to a client that has left.

Caught by: concurrency/gone_before_the_answer
"""

import signal
import sys

sys.path[0] += "/.."
from right_server import Server


class Broken(Server):
    def run(self):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        super().run()

    def send(self, client, data):
        head, blank, body = data.partition(b"\r\n\r\n")
        client.socket.sendall(head + blank)
        client.socket.sendall(body)


Broken.main()
