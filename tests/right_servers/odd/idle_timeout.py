"""Closes connections that have been idle for a second.

passes: all
fails: none
advice: none
"""

from right import Server


class Odd(Server):
    def receive(self, connection):
        connection.settimeout(1)
        return connection.recv(65536)


if __name__ == "__main__":
    Odd.main()
