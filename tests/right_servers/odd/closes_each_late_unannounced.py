"""Closes the connection 50 ms after each answer, and does not say so.

passes: bind-port ok paths echo headers concurrency files gzip
fails: keep-alive/second_request
advice: none
"""

import time

from right import Server


class Odd(Server):
    def closes(self, request):
        return True

    def announce(self, request, response, close):
        """Nothing."""

    def leave(self, connection):
        time.sleep(0.05)


if __name__ == "__main__":
    Odd.main()
