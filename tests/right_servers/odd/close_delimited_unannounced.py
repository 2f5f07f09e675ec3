"""Tells the end of a body by closing the connection, and does not say so.

passes: bind-port ok paths echo headers concurrency files gzip
fails: keep-alive/second_request
advice: none
"""

from right import Server


class Odd(Server):
    def frame(self, response):
        """No length: the end of the connection is the end of the body."""

    def closes(self, request):
        return True

    def announce(self, request, response, close):
        """Nothing."""


if __name__ == "__main__":
    Odd.main()
