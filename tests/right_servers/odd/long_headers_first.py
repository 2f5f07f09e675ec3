"""Sends a head of 30 KiB with each answer.

passes: all
fails: none
advice: none
"""

from right import Server


class Odd(Server):
    def head(self, response):
        response.headers = {f"X-{n}": "x" * 1000 for n in range(30)} | response.headers
        return super().head(response)


if __name__ == "__main__":
    Odd.main()
