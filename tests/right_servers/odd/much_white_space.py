"""Writes blanks and tabs around the values of its headers.

passes: all
fails: none
advice: none
"""

from right import Server


class Odd(Server):
    def field(self, name, value):
        return f"{name}: \t {value} \t "


if __name__ == "__main__":
    Odd.main()
