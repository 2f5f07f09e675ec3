"""Sends the head of every answer one byte a millisecond.

passes: all
fails: none
advice: none
"""

import time

from right import Server


class Odd(Server):
    def send(self, connection, head, body):
        for place in range(len(head)):
            connection.sendall(head[place : place + 1])
            time.sleep(0.001)
        connection.sendall(body)


if __name__ == "__main__":
    Odd.main()
