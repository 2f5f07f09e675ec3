/* C, a process for each connection, which it closes first: without SO_REUSEADDR, and dead of SIGPIPE if it is hit.

passes: bind-port ok paths echo headers concurrency
fails: files/serves_a_file gzip/compresses keep-alive/second_request
advice: none
*/

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST (1 << 17)

static int hex(char digit)
{
    const char *digits = "0123456789abcdef", *found = digit ? strchr(digits, digit | 0x20) : NULL;
    return found ? (int)(found - digits) : -1;
}

static size_t decode(char *text)
{
    char *to = text;
    for (char *from = text; *from; to++) {
        int high = *from == '%' ? hex(from[1]) : -1, low = high < 0 ? -1 : hex(from[2]);
        *to = low < 0 ? *from : (char)(high << 4 | low);
        from += low < 0 ? 1 : 3;
    }
    *to = 0;
    return (size_t)(to - text);
}

static char *header(char *line, const char *name)
{
    size_t size = strlen(name);
    while ((line = strstr(line, "\r\n")) && line[2] != '\r') {
        line += 2;
        if (!strncasecmp(line, name, size) && line[size] == ':') {
            char *value = line + size + 1, *end = strstr(value, "\r\n");
            while (*value == ' ' || *value == '\t')
                value++;
            while (end > value && (end[-1] == ' ' || end[-1] == '\t'))
                end--;
            *end = 0;
            return value;
        }
    }
    return "";
}

static void send_all(int client, const char *data, size_t size)
{
    while (size) {
        ssize_t sent = send(client, data, size, 0);
        if (sent <= 0)
            exit(0);
        data += sent;
        size -= (size_t)sent;
    }
}

static void answer(int client, int head_only, const char *status, const char *body, size_t size)
{
    char head[256];
    int length = snprintf(head, sizeof head, "HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n"
                          "Connection: close\r\n\r\n", status, size);
    send_all(client, head, (size_t)length);
    if (!head_only)
        send_all(client, body, size);
}

static void serve(int client)
{
    static char buffer[MOST + 1], *request = buffer;
    size_t size = 0;
    do {
        ssize_t got = recv(client, buffer + size, MOST - size, 0);
        if (got <= 0)
            return;
        size += (size_t)got;
        buffer[size] = 0;
        for (request = buffer; !strncmp(request, "\r\n", 2); request += 2)
            ;
    } while (!strstr(request, "\r\n\r\n"));
    char *target = strchr(request, ' '), *end = target ? strchr(target + 1, ' ') : NULL;
    if (!end || strncmp(end, " HTTP/1.", 8)) {
        answer(client, 0, "400 Bad Request", "", 0);
        return;
    }
    int head_only = !strncmp(request, "HEAD ", 5);
    char *path = target + 1, *agent = header(end, "User-Agent");
    *end = 0;
    path[strcspn(path, "?")] = 0;
    if (!strcmp(path, "/"))
        answer(client, head_only, "200 OK", "", 0);
    else if (!strcmp(path, "/user-agent"))
        answer(client, head_only, "200 OK", agent, strlen(agent));
    else if (!strncmp(path, "/echo/", 6)) {
        size_t length = decode(path + 6);
        answer(client, head_only, "200 OK", path + 6, length);
    } else
        answer(client, head_only, "404 Not Found", "", 0);
}

int main(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(4221)};
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 128)) {
        perror("cannot listen");
        return 1;
    }
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int client = accept(listener, NULL, NULL);
        if (client < 0)
            continue;
        if (!fork()) {
            close(listener);
            serve(client);
            return 0;
        }
        close(client);
    }
}
