"""Sends deflate to those who accept it and no gzip, as a zlib stream.

passes: all
fails: none
advice: none
"""

import zlib

from right import Application, Server


class Deflating(Application):
    def echo(self, request, text):
        response = super().echo(request, text)
        if "Content-Encoding" not in response.headers and request.accepts("deflate"):
            squeezed = zlib.compressobj(wbits=15)
            response.body = squeezed.compress(text) + squeezed.flush()
            response.headers["Content-Encoding"] = "deflate"
        return response


class Odd(Server):
    application = Deflating


if __name__ == "__main__":
    Odd.main()
