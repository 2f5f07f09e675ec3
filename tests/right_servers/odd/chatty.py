"""Prints 2 MB at its start and 20 KB for each request.

passes: all
fails: none
advice: none
"""

import sys

from right import Server


class Odd(Server):
    def listen(self):
        for _ in range(20000):
            print("x" * 99)
        return super().listen()

    def reply(self, connection, request):
        for _ in range(200):
            print("INFO", request.method, request.target, "y" * 60, file=sys.stderr)
        return super().reply(connection, request)


if __name__ == "__main__":
    Odd.main()
