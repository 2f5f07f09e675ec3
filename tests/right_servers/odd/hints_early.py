"""Sends 103 Early Hints before the answer to every GET of /.

passes: all
fails: none
advice: none
"""

import threading

from right import Server


class Odd(Server):
    def send(self, connection, head, body):
        hint = b"HTTP/1.1 103 Early Hints\r\nLink: </style-of-the-front-page.css>; rel=preload; as=style\r\n\r\n"
        connection.sendall((hint if threading.current_thread().front else b"") + head + body)

    def reply(self, connection, request):
        threading.current_thread().front = request.method == "GET" and request.path == "/"
        return super().reply(connection, request)


if __name__ == "__main__":
    Odd.main()
