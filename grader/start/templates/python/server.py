"""A server that listens and accepts clients. It does not answer yet: that is your part."""

import socket


def main() -> None:
    with socket.create_server(("localhost", 4221)) as listening:
        while True:
            client, _address = listening.accept()
            client.close()


if __name__ == "__main__":
    main()
