"""Its gzip is flushed after each byte, as a stream would be.

passes: all
fails: none
advice: none
"""

import zlib

from right import Application, Server


class Compressing(Application):
    def compress(self, data):
        squeezed = zlib.compressobj(wbits=31)
        pieces = [squeezed.compress(bytes([byte])) + squeezed.flush(zlib.Z_SYNC_FLUSH) for byte in data]
        return b"".join(pieces) + squeezed.flush()


class Odd(Server):
    application = Compressing


if __name__ == "__main__":
    Odd.main()
