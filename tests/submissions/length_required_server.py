"""The right server for the hardening track once more, which takes no chunks: it asks for a length with 411.

Passes: hardening
"""

from hardened_server import REASONS, HardenedServer, Refusal

REASONS[411] = "Length Required"


class LengthRequiredServer(HardenedServer):
    def check_framing(self, request):
        super().check_framing(request)
        if "transfer-encoding" in request.headers:
            raise Refusal(411)


if __name__ == "__main__":
    LengthRequiredServer.main()
