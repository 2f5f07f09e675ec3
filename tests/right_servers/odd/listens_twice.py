"""Opens the port, closes it, and opens it again half a second later, as a reloader does.

passes: all
fails: none
advice: none
"""

import time

from right import Server


class Odd(Server):
    def listen(self):
        super().listen().close()
        time.sleep(0.5)
        return super().listen()


if __name__ == "__main__":
    Odd.main()
