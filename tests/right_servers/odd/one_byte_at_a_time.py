"""Sends the first 4 KiB of every answer one byte at a time, each in a segment of its own.

passes: all
fails: none
advice: none
"""

from right import Server


class Odd(Server):
    def send(self, connection, head, body):
        data = head + body
        for place in range(min(len(data), 4096)):
            connection.sendall(data[place : place + 1])
        connection.sendall(data[4096:])


if __name__ == "__main__":
    Odd.main()
