"""Says where a new file is by a whole URL.

passes: all
fails: none
advice: none
"""

from right import Application, Response, Server


class Absolute(Application):
    def created(self, name):
        return Response(201, Location=f"http://localhost:4221/files/{name}")


class Odd(Server):
    application = Absolute


if __name__ == "__main__":
    Odd.main()
