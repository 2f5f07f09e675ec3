"""Its gzip has three members, the second of them empty.

passes: all
fails: none
advice: none
"""

import gzip

from right import Application, Server


class Compressing(Application):
    def compress(self, data):
        half = len(data) // 2
        return gzip.compress(data[:half]) + gzip.compress(b"") + gzip.compress(data[half:])


class Odd(Server):
    application = Compressing


if __name__ == "__main__":
    Odd.main()
