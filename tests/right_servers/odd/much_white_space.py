"""Writes blanks and tabs around the values of its headers, but none behind a coding: requests would keep them.

passes: all
fails: none
advice: none
"""

from right import Server


class Odd(Server):
    def field(self, name, value):
        return f"{name}: \t {value}" + ("" if name == "Content-Encoding" else " \t ")


if __name__ == "__main__":
    Odd.main()
