"""Closes after each answer, and sends head and body in segments of their own.

passes: bind-port ok paths echo headers concurrency files gzip
fails: keep-alive/second_request
advice: none
"""

import time

from right import Server


class Odd(Server):
    def closes(self, request):
        return True

    def send(self, connection, head, body):
        connection.sendall(head)
        time.sleep(0.01)
        connection.sendall(body)


if __name__ == "__main__":
    Odd.main()
