/* A server of files that joins the directory and the name without a slash. */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *directory;

static void answer(int client, const char *status, const char *body, size_t length)
{
    char head[200];
    int size = snprintf(head, sizeof head,
                        "HTTP/1.1 %s\r\nContent-Type: application/octet-stream\r\nContent-Length: %zu\r\n\r\n", status,
                        length);
    write(client, head, size);
    write(client, body, length);
}

static void serve(int client)
{
    char request[65536] = "", method[8], name[256], place[1024], content[65536];
    size_t size = 0;
    char *body = NULL;
    while (!body && size < sizeof request - 1) {
        ssize_t more = read(client, request + size, sizeof request - 1 - size);
        if (more <= 0)
            return;
        size += more;
        body = strstr(request, "\r\n\r\n");
    }
    if (!body || sscanf(request, "%7s /files/%255s", method, name) != 2)
        return answer(client, "404 Not Found", "", 0);
    body += 4;
    sprintf(place, "%s%s", directory, name);
    if (strcmp(method, "POST") == 0) {
        char *header = strstr(request, "Content-Length: ");
        size_t length = header ? strtoul(header + 16, NULL, 10) : 0;
        while ((size_t)(request + size - body) < length && size < sizeof request - 1)
            size += read(client, request + size, sizeof request - 1 - size);
        FILE *file = fopen(place, "wb");
        if (!file)
            return answer(client, "500 Internal Server Error", "", 0);
        fwrite(body, 1, length, file);
        fclose(file);
        return answer(client, "201 Created", "", 0);
    }
    FILE *file = fopen(place, "rb");
    if (!file)
        return answer(client, "404 Not Found", "", 0);
    size_t length = fread(content, 1, sizeof content, file);
    fclose(file);
    answer(client, "200 OK", content, length);
}

int main(int argc, char **argv)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(4221)};
    int listener = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    directory = argv[argc - 1];
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 16))
        return 1;
    for (;;) {
        int client = accept(listener, NULL, NULL);
        serve(client);
        close(client);
    }
}
