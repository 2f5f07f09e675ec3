"""Closes its standard input, output and error.

passes: all
fails: none
advice: none
"""

import os

from right import Server


class Odd(Server):
    def run(self):
        for number in range(3):
            os.close(number)
        super().run()


if __name__ == "__main__":
    Odd.main()
