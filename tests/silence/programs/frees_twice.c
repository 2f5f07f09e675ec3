/* A child for each client frees the path of an unknown page twice, before it answers. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void serve(int client) {
    char request[4096] = {0};
    read(client, request, sizeof request - 1);
    char *path = strdup(strchr(request, ' ') + 1), *answer = "HTTP/1.1 200 OK\r\n\r\n";
    if (strncmp(path, "/ ", 2)) {
        answer = "HTTP/1.1 404 Not Found\r\n\r\n";
        free(path);
    }
    free(path);
    write(client, answer, strlen(answer));
}

int main(void) {
    int listener = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(4221)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    bind(listener, (struct sockaddr *)&address, sizeof address);
    listen(listener, 16);
    for (;;) {
        int client = accept(listener, 0, 0);
        if (fork() == 0) {
            serve(client);
            _exit(0);
        }
        close(client);
    }
}
