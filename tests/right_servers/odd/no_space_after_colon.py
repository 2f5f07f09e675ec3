"""Writes no white space after the colons of its headers.

passes: all
fails: none
advice: none
"""

from right import Server


class Odd(Server):
    def field(self, name, value):
        return f"{name}:{value}"


if __name__ == "__main__":
    Odd.main()
