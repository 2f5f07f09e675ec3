"""It calls gzip x-gzip, the older name of the same coding (RFC 9110 8.4.1.3).

passes: all
fails: none
advice: none
"""

from right import Application, Server


class OlderName(Application):
    def echo(self, request, text):
        response = super().echo(request, text)
        if "Content-Encoding" in response.headers:
            response.headers["Content-Encoding"] = "x-gzip"
        return response


class Odd(Server):
    application = OlderName


if __name__ == "__main__":
    Odd.main()
