"""Returns percent-encoded text as it was sent.

passes: all
fails: none
advice: none
"""

from right import Application, Server


class Raw(Application):
    def text(self, quoted):
        return quoted.encode("latin-1")


class Odd(Server):
    application = Raw


if __name__ == "__main__":
    Odd.main()
