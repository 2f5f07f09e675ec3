"""Tells the end of a body by closing, and pauses 20 ms before each piece of it and before the end.

passes: bind-port ok paths echo headers concurrency files gzip
fails: keep-alive/second_request
advice: none
"""

import time

from right import Server


class Odd(Server):
    def frame(self, response):
        """No length: the end of the connection is the end of the body."""

    def closes(self, request):
        return True

    def send(self, connection, head, body):
        connection.sendall(head)
        step = len(body) // 3 + 1
        for at in range(0, len(body), step):
            time.sleep(0.02)
            connection.sendall(body[at : at + step])

    def leave(self, connection):
        time.sleep(0.02)


if __name__ == "__main__":
    Odd.main()
