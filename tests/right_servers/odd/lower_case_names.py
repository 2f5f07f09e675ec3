"""Writes the names of headers in lower case.

passes: all
fails: none
advice: none
"""

from right import Server


class Odd(Server):
    def field(self, name, value):
        return f"{name.lower()}: {value}"


if __name__ == "__main__":
    Odd.main()
