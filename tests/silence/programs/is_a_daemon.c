// Puts itself into the background with daemon(3).
#define _DEFAULT_SOURCE
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    daemon(1, 1); // here
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(4221)};
    bind(listener, (struct sockaddr *)&address, sizeof address);
    listen(listener, 10);
    for (;;) {
        char request[4096];
        int client = accept(listener, 0, 0);
        read(client, request, sizeof request);
        write(client, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 38);
        close(client);
    }
}
