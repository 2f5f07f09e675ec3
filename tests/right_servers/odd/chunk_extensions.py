"""Gives its chunks extensions, and trailers after the last of them.

passes: all
fails: none
advice: none
"""

from right import Server


class Odd(Server):
    def frame(self, response):
        response.headers |= {"Transfer-Encoding": "chunked", "Trailer": "X-Sum"}

    def body(self, response):
        chunk = b'%x;note=1;quoted="a b"\r\n%s\r\n' % (len(response.body), response.body) if response.body else b""
        return chunk + b"0;last\r\nX-Sum: 1\r\n\r\n"


if __name__ == "__main__":
    Odd.main()
