"""A right server for *whole-request*: it answers with the head of the request, byte for byte.

Passes: whole-request
"""

import socket
import sys
import threading

LONGEST_LINE = 65536
LONGEST_HEAD = 2 * LONGEST_LINE
END = b"\r\n\r\n"


class TooLong(Exception):
    pass


class Server:
    @classmethod
    def main(cls):
        cls().run()

    def run(self):
        with self.listen() as listener:
            while True:
                connection, _address = listener.accept()
                self.start(connection)

    def listen(self):
        return socket.create_server(("localhost", 4221))

    def start(self, connection):
        threading.Thread(target=self.serve, args=[connection], daemon=True).start()

    def serve(self, connection):
        with connection:
            try:
                self.answer(connection)
                self.linger(connection)
            except OSError as error:
                print(f"a client has gone: {error}", file=sys.stderr)

    def answer(self, connection):
        try:
            head = self.read_head(connection)
        except TooLong:
            self.refuse(connection)
        else:
            if head:
                self.send(connection, "200 OK", self.body(head))

    def read_head(self, connection):
        """The head with its empty line; no bytes when the client left before."""
        data = b""
        while not self.is_whole(data):
            self.limit(data)
            piece = self.receive(connection)
            if not piece:
                return b""
            data = self.joined(data, piece)
        self.limit(data)
        return self.cut(data)

    def is_whole(self, data):
        return END in data

    def receive(self, connection):
        return connection.recv(4096)

    def joined(self, data, piece):
        return data + piece

    def cut(self, data):
        return data[: data.index(END) + len(END)]

    def limit(self, data):
        if len(data.partition(b"\r\n")[0]) > LONGEST_LINE or len(data) > LONGEST_HEAD:
            raise TooLong

    def refuse(self, connection):
        self.send(connection, "414 URI Too Long", b"")

    def body(self, head):
        return head

    def send(self, connection, status, body):
        lines = [
            f"HTTP/1.1 {status}",
            "Content-Type: message/http",
            *self.framing(body),
            "Connection: close",
        ]
        connection.sendall("\r\n".join([*lines, "", ""]).encode("ascii") + body)

    def framing(self, body):
        return [f"Content-Length: {len(body)}"]

    def linger(self, connection):
        """Read on until the client closes: a close with unread bytes is a reset."""
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(2)
        while connection.recv(65536):
            pass


if __name__ == "__main__":
    Server.main()
