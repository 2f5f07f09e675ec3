"""Closes the connection 400 ms after each answer.

passes: bind-port ok paths echo headers concurrency files gzip
fails: keep-alive/second_request
advice: none
"""

import time

from right import Server


class Odd(Server):
    def closes(self, request):
        return True

    def leave(self, connection):
        time.sleep(0.4)


if __name__ == "__main__":
    Odd.main()
