"""Goes to the root directory at its start, as a daemon does.

passes: all
fails: none
advice: none
"""

import os

from right import Server


class Odd(Server):
    def run(self):
        os.chdir("/")
        super().run()


if __name__ == "__main__":
    Odd.main()
