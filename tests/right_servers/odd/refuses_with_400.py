"""Answers 400 to every target with two dots or two slashes, and closes.

passes: all
fails: none
advice: echo/slashes
"""

from urllib.parse import unquote

from right import Application, Response, Server


class Strict(Application):
    refusal = 400

    def answer(self, request):
        path = unquote(request.path)
        return Response(400) if "//" in path or ".." in path.split("/") else super().answer(request)


class Odd(Server):
    application = Strict


if __name__ == "__main__":
    Odd.main()
