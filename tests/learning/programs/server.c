/* A server as a beginner writes it in C, right in all that the first three stages ask. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORT 4221

static void answer(int client, const char *status, const char *body) {
    char head[512];
    int length = snprintf(head, sizeof head,
                          "HTTP/1.1 %s\r\n"
                          "Content-Type: text/plain\r\n"
                          "Content-Length: %zu\r\n"
                          "\r\n",
                          status, strlen(body));
    send(client, head, length, 0);
    send(client, body, strlen(body), 0);
}

static void handle(int client) {
    char request[8192];
    size_t size = 0;
    request[0] = '\0';
    while (strstr(request, "\r\n\r\n") == NULL) {
        ssize_t came = recv(client, request + size, sizeof request - size - 1, 0);
        if (came <= 0)
            return;
        size += came;
        request[size] = '\0';
    }
    char method[16], path[4096];
    if (sscanf(request, "%15s %4095s", method, path) != 2)
        return;
    if (strcmp(path, "/") == 0)
        answer(client, "200 OK", "");
    else if (strncmp(path, "/echo/", 6) == 0)
        answer(client, "200 OK", path + 6);
    else
        answer(client, "404 Not Found", "");
}

int main(void) {
    signal(SIGPIPE, SIG_IGN);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    int yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    struct sockaddr_in here = {0};
    here.sin_family = AF_INET;
    here.sin_port = htons(PORT);
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0) {
        perror("bind");
        return 1;
    }
    listen(listener, 128);
    for (;;) {
        int client = accept(listener, NULL, NULL);
        if (client < 0)
            continue;
        handle(client);
        close(client);
    }
}
