"""Opens files until it may not have more, and has none left for its clients."""

from attempt import serve

HELD = []


def answer() -> bytes:
    while True:
        HELD.append(open("/dev/null"))


serve(answer)
