"""Its gzip does not compress (level 0).

passes: all
fails: none
advice: none
"""

import gzip

from right import Application, Server


class Compressing(Application):
    def compress(self, data):
        return gzip.compress(data, 0)


class Odd(Server):
    application = Compressing


if __name__ == "__main__":
    Odd.main()
