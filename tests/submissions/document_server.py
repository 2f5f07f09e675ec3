"""A right server for *document*: it answers every GET with the same page.

Passes: document
"""

import socket
import sys

WORD = "Grüße"


class Server:
    @classmethod
    def main(cls):
        cls().run()

    def run(self):
        with self.listen() as listener:
            while True:
                connection, _address = listener.accept()
                with connection:
                    self.serve(connection)

    def listen(self):
        return socket.create_server(("localhost", 4221))

    def serve(self, connection):
        try:
            head = self.read_head(connection)
            if head:
                self.send(connection, self.answer(head))
        except OSError as error:
            print(f"a client has gone: {error}", file=sys.stderr)

    def read_head(self, connection):
        """All that has come when the empty line is there; no bytes when the client left before."""
        data = b""
        while b"\r\n\r\n" not in data:
            piece = connection.recv(4096)
            if not piece:
                return b""
            data += piece
        return data

    def send(self, connection, data):
        connection.sendall(data)

    def answer(self, head):
        body = self.body()
        return self.head(body).encode("ascii") + body

    def head(self, body):
        lines = [self.status_line(), *self.headers(body), "", ""]
        return "\r\n".join(lines)

    def status_line(self):
        return "HTTP/1.1 200 OK"

    def headers(self, body):
        return [f"Content-Type: {self.content_type()}", *self.framing(body), "Connection: close"]

    def framing(self, body):
        return [f"Content-Length: {len(body)}"]

    def content_type(self):
        return "text/html; charset=utf-8"

    def charset(self):
        return "utf-8"

    def body(self):
        return self.document().encode(self.charset())

    def document(self):
        return f"<!DOCTYPE html>\n<title>A page</title>\n{self.in_head()}<p>{WORD}</p>\n"

    def in_head(self):
        return '<meta charset="utf-8">\n'


if __name__ == "__main__":
    Server.main()
