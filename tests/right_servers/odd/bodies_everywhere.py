"""Sends a body with /, with 201, 400 and 404.

passes: all
fails: none
advice: none
"""

from right import Application, Response, Server


class Wordy(Application):
    def root(self):
        return Response(200, b"<h1>It works</h1>\r\n\r\n", "text/html")

    def not_found(self):
        return Response(404, b'{"error": "HTTP/1.1 404 Not Found"}', "application/json")

    def created(self, name):
        return Response(201, b"created\n", Location=f"/files/{name}")


class Odd(Server):
    application = Wordy


if __name__ == "__main__":
    Odd.main()
