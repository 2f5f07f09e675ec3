"""Closes each connection first, without SO_REUSEADDR: it sends its end, and reads until the client has left.

passes: bind-port ok paths echo headers concurrency files gzip
fails: keep-alive/second_request
advice: none
"""

import contextlib
import socket

from no_reuse_address import Odd as NoReuseAddress


class Odd(NoReuseAddress):
    def closes(self, request):
        return True

    def leave(self, connection):
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_WR)
            while self.receive(connection):
                pass


if __name__ == "__main__":
    Odd.main()
