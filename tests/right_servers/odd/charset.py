"""Says text/plain; charset=utf-8.

passes: all
fails: none
advice: none
"""

from right import Server


class Odd(Server):
    def field(self, name, value):
        return super().field(name, value + "; charset=utf-8" if value == "text/plain" else value)


if __name__ == "__main__":
    Odd.main()
