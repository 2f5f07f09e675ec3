"""Says Connection: keep-alive and Keep-Alive: timeout=5 in its answers.

passes: all
fails: none
advice: none
"""

from right import Server


class Odd(Server):
    def announce(self, request, response, close):
        super().announce(request, response, close)
        if not close:
            response.headers |= {"Connection": "keep-alive", "Keep-Alive": "timeout=5, max=1000"}


if __name__ == "__main__":
    Odd.main()
