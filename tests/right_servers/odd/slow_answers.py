"""Takes 20 ms for each answer.

passes: all
fails: none
advice: none
"""

import time

from right import Server


class Odd(Server):
    def reply(self, connection, request):
        time.sleep(0.02)
        return super().reply(connection, request)


if __name__ == "__main__":
    Odd.main()
