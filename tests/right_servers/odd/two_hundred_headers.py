"""Sends two hundred headers with each answer, and one of them is longer than 64 KiB.

passes: all
fails: none
advice: none
"""

from right import Server


class Odd(Server):
    def head(self, response):
        response.headers = {f"X-{n}": "x" for n in range(200)} | {"X-Long": "x" * 70_000} | response.headers
        return super().head(response)


if __name__ == "__main__":
    Odd.main()
