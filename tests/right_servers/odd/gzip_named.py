"""Its gzip names a file, with a comment, an extra field and a checksum of the header.

passes: all
fails: none
advice: none
"""

import struct
import zlib

from right import Application, Server


class Compressing(Application):
    def compress(self, data):
        head = b"\x1f\x8b\x08\x1e" + bytes(4) + b"\x00\x03" + b"\x04\x00abcd" + b"echo.txt\0" + b"a comment\0"
        squeezed = zlib.compressobj(wbits=-15)
        check = zlib.crc32(head) & 0xFFFF
        tail = struct.pack("<II", zlib.crc32(data), len(data))
        return head + struct.pack("<H", check) + squeezed.compress(data) + squeezed.flush() + tail


class Odd(Server):
    application = Compressing


if __name__ == "__main__":
    Odd.main()
