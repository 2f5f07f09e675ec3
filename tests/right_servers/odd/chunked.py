"""Sends every body in chunks, also the empty ones of 201 and 404.

passes: all
fails: none
advice: none
"""

from right import Server


class Odd(Server):
    def frame(self, response):
        response.headers["Transfer-Encoding"] = "chunked"

    def body(self, response):
        pieces = [response.body[at : at + 1000] for at in range(0, len(response.body), 1000)]
        return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in [*pieces, b""])


if __name__ == "__main__":
    Odd.main()
