"""Sends 102 Processing and 103 Early Hints before every answer to HTTP/1.1.

passes: all
fails: none
advice: none
"""

import threading

from right import Server

HINTS = (
    b"HTTP/1.1 102 Processing\r\n\r\n"
    b"HTTP/1.1 103 Early Hints\r\nLink: </style-of-the-front-page.css>; rel=preload; as=style\r\n\r\n"
)


class Odd(Server):
    def send(self, connection, head, body):
        connection.sendall((HINTS if threading.current_thread().hints else b"") + head + body)

    def reply(self, connection, request):
        threading.current_thread().hints = request.version == "HTTP/1.1"
        return super().reply(connection, request)


if __name__ == "__main__":
    Odd.main()
