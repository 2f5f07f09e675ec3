"""Makes a hundred thousand objects and collects all garbage for each answer.

passes: all
fails: none
advice: none
"""

import gc

from right import Server


class Odd(Server):
    def reply(self, connection, request):
        garbage = [[n] for n in range(100000)]
        garbage.append(garbage)
        del garbage
        gc.collect()
        return super().reply(connection, request)


if __name__ == "__main__":
    Odd.main()
