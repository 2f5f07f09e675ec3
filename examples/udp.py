"""UDP: no connections. One socket receives the datagrams of all clients, and each says where it comes from.

A datagram comes whole or not at all, so nothing has to be put together, and nobody waits for a slow client. That is
also all that UDP promises: a datagram may be lost, come twice, or come after a later one."""

import socket

ADDRESS = ("localhost", 4221)
LONGEST = 65535  # no datagram is longer; what recvfrom has no room for is lost


def main():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(ADDRESS)  # no listen and no accept: from now on the kernel keeps what comes
        while True:
            data, client = server.recvfrom(LONGEST)  # waits for a datagram of anybody
            try:
                server.sendto(data, client)
            except OSError as error:  # this client cannot be reached, others can
                print(f"no answer to {client}: {error}")


if __name__ == "__main__":
    main()
