"""Closes the connection after each answer, and says so.

passes: bind-port ok paths echo headers concurrency files gzip
fails: keep-alive/second_request
advice: none
"""

from right import Server


class Odd(Server):
    def closes(self, request):
        return True


if __name__ == "__main__":
    Odd.main()
