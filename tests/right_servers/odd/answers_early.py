"""Begins its answer to an upload before it has read it: the version at once, the rest after the file is written.

passes: all
fails: none
advice: none
"""

import socket
import threading
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
        connection.sendall(b"HTTP/1.1 ")
        time.sleep(0.02)

    def receive_body(self, connection, size):
        return connection.recv(min(size, 2048))

    def reply(self, connection, request):
        threading.current_thread().begun = bool(request.length)
        return super().reply(connection, request)

    def send(self, connection, head, body):
        begun = threading.current_thread().begun
        connection.sendall((head.removeprefix(b"HTTP/1.1 ") if begun else head) + body)


if __name__ == "__main__":
    Odd.main()
