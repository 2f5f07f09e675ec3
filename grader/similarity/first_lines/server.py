"""How programs of this kind begin in every tutorial: nobody has thought of it first."""

import socket
import threading


def main() -> None:
    listener = socket.create_server(("localhost", 4221), reuse_port=True)
    client, _address = listener.accept()
    client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")


def by_hand() -> None:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("localhost", 4221))
    listener.listen(5)
    while True:
        client, _address = listener.accept()
        threading.Thread(target=main, args=(client,)).start()


def in_threads() -> None:
    listener = socket.create_server(("localhost", 4221), reuse_port=True)
    while True:
        client, _address = listener.accept()
        threading.Thread(target=main, args=(client,), daemon=True).start()


if __name__ == "__main__":
    main()
