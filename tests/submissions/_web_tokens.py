"""Random ids of the right server for the web-app track."""

import random

from _web_routes import Routes

SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


class Tokens(Routes):
    def __init__(self, directory=None):
        super().__init__(directory)
        # What a broken server gives out is the same in each run, because its failures are kept as text.
        self.random = random.Random(4) if type(self).__name__ == "Broken" else random.SystemRandom()

    def token(self):
        return "".join(self.random.choices(SIGNS, k=22))
