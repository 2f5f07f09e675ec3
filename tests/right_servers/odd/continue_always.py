"""Sends 100 Continue before it reads a body, asked or not.

passes: all
fails: none
advice: none
"""

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

    def before_the_body(self, connection):
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

    def receive_body(self, connection, size):
        return connection.recv(size)


if __name__ == "__main__":
    Odd.main()
