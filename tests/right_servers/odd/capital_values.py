"""Writes media types, codings and options, which ignore case, in capitals.

passes: all
fails: none
advice: none
"""

from right import Server


class Odd(Server):
    def field(self, name, value):
        return f"{name}: {value if name == 'Location' else value.upper()}"


if __name__ == "__main__":
    Odd.main()
