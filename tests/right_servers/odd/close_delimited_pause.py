"""Tells the end of a body by closing, and once, between head and body, pauses 2 s.

passes: bind-port ok paths echo headers concurrency files gzip
fails: keep-alive/second_request
advice: none
"""

import functools
import time

from right import Server


@functools.cache
def pause():
    time.sleep(2)


class Odd(Server):
    def frame(self, response):
        """No length: the end of the connection is the end of the body."""

    def closes(self, request):
        return True

    def send(self, connection, head, body):
        connection.sendall(head)
        pause()
        connection.sendall(body)


if __name__ == "__main__":
    Odd.main()
