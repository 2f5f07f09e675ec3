"""Writes Content-Length with leading zeros.

passes: all
fails: none
advice: none
"""

from right import Server


class Odd(Server):
    def frame(self, response):
        response.headers["Content-Length"] = f"{len(response.body):010}"


if __name__ == "__main__":
    Odd.main()
