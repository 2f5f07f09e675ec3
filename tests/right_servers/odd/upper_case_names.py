"""Writes the names of headers in capitals.

passes: all
fails: none
advice: none
"""

from right import Server


class Odd(Server):
    def field(self, name, value):
        return f"{name.upper()}: {value}"


if __name__ == "__main__":
    Odd.main()
