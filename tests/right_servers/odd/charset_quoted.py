"""Says Text/Plain;Charset="UTF-8";format=flowed.

passes: all
fails: none
advice: none
"""

from right import Server


class Odd(Server):
    def field(self, name, value):
        return super().field(name, 'Text/Plain;Charset="UTF-8";format=flowed' if value == "text/plain" else value)


if __name__ == "__main__":
    Odd.main()
