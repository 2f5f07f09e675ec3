"""Sends chunks of one byte and more, each in two segments, with capital sizes and leading zeros.

passes: all
fails: none
advice: none
"""

from right import Server


class Odd(Server):
    def frame(self, response):
        response.headers["Transfer-Encoding"] = "Chunked"

    def send(self, connection, head, body):
        connection.sendall(head)
        if b"\r\nTransfer-Encoding" not in head:
            return
        size = 1
        while body:
            piece, body, size = body[:size], body[size:], size * 3
            connection.sendall(b"%04X\r\n" % len(piece))
            connection.sendall(piece + b"\r\n")
        connection.sendall(b"0\r\n\r\n")

    def reply(self, connection, request):
        if request.method != "HEAD":
            return super().reply(connection, request)
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n")
        return request.close


if __name__ == "__main__":
    Odd.main()
