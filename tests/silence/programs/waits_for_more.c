/* Reads on until it has a fixed number of bytes. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
    int listener = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(4221)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    bind(listener, (struct sockaddr *)&address, sizeof address);
    listen(listener, 16);
    for (;;) {
        char request[4096];
        int client = accept(listener, 0, 0);
        for (ssize_t size = 0, got; size < 4096; size += got)
            if ((got = recv(client, request, sizeof request, 0)) <= 0) break;
        close(client);
    }
}
