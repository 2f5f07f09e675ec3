"""Sends head and body in segments of their own, with 30 ms between them.

passes: all
fails: none
advice: none
"""

import time

from right import Server


class Odd(Server):
    def send(self, connection, head, body):
        connection.sendall(head)
        time.sleep(0.03)
        connection.sendall(body)


if __name__ == "__main__":
    Odd.main()
