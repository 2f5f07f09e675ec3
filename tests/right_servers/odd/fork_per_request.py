"""Answers each request in a child process.

passes: all
fails: none
advice: none
"""

import os

from right import Server


class Odd(Server):
    def reply(self, connection, request):
        if child := os.fork():
            os.waitpid(child, 0)
            return self.closes(request)
        super().reply(connection, request)
        os._exit(0)


if __name__ == "__main__":
    Odd.main()
