"""Reads uploads slowly, 2 KiB every 2 ms, through a receive buffer of 4 KiB.

passes: all
fails: none
advice: none
"""

import socket
import time

from right import BadRequest, Server, parse_head


class Odd(Server):
    def converse(self, connection):
        buffer = b""
        while True:
            try:
                while (parsed := parse_head(buffer)) is None:
                    if not (data := connection.recv(65536)):
                        return
                    buffer += data
            except BadRequest:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return
            request, buffer = parsed
            request.body, buffer = buffer[: request.length], buffer[request.length :]
            if request.length:
                self.before_the_body(connection)
            while len(request.body) < request.length:
                if not (data := self.receive_body(connection, request.length - len(request.body))):
                    return
                request.body += data
            if self.reply(connection, request):
                return

    def listen(self):
        listener = super().listen()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        return listener

    def before_the_body(self, connection):
        """Nothing."""

    def receive_body(self, connection, size):
        time.sleep(0.002)
        return connection.recv(min(size, 2048))


if __name__ == "__main__":
    Odd.main()
