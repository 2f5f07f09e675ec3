/* As awkward.py: no answer has an end (endless), there is a timer (ticking), a client that has left is
   read from for ever (spinning). */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static const char *kind, *directory = ".";

static int is(const char *way) { return strstr(kind, way) != 0; }

static ssize_t take(int client, char *into, size_t most) {
    for (;;) {
        ssize_t got = recv(client, into, most, 0);
        if (got > 0) return got;
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        if (!is("spinning")) return 0;
    }
}

static void answer(int client, const char *status, const char *body, size_t length, const char *media) {
    char head[256], size[64] = "";
    if (!is("endless")) snprintf(size, sizeof size, "Content-Length: %zu\r\n", length);
    int n = snprintf(head, sizeof head, "HTTP/1.1 %s\r\nContent-Type: %s\r\n%s\r\n", status, media, size);
    send(client, head, n, MSG_NOSIGNAL | (length ? MSG_MORE : 0));
    while (length > 0) {
        ssize_t sent = send(client, body, length, MSG_NOSIGNAL);
        if (sent <= 0) return;
        body += sent;
        length -= sent;
    }
}

static void file_of(int client, int is_post, const char *name, const char *body, size_t length) {
    char path[4096];
    if (strchr(name, '/') || strstr(name, "..")) return answer(client, "404 Not Found", "", 0, "text/plain");
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, is_post ? "wb" : "rb");
    if (!file) return answer(client, "404 Not Found", "", 0, "text/plain");
    if (is_post) {
        fwrite(body, 1, length, file);
        fclose(file);
        return answer(client, "201 Created", "", 0, "text/plain");
    }
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *all = malloc(size > 0 ? size : 1);
    size = size > 0 ? (long)fread(all, 1, size, file) : 0;
    fclose(file);
    answer(client, "200 OK", all, size, "application/octet-stream");
    free(all);
}

static void *serve(void *given) {
    int client = (int)(long)given;
    size_t most = 1 << 20, have = 0;
    char *data = calloc(1, most + 1), *end;
    struct timeval tick = {0, 100000};
    if (is("ticking")) setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &tick, sizeof tick);
    for (;;) {
        while (!(end = memmem(data, have, "\r\n\r\n", 4))) {
            ssize_t got = have < most ? take(client, data + have, most - have) : 0;
            if (got == 0) goto done;
            have += got;
        }
        *end = 0;
        size_t head = end - data + 4, length = 0;
        char method[16] = "", target[4096] = "", agent[16384] = "", *line;
        sscanf(data, "%15s %4095s", method, target);
        if ((line = strcasestr(data, "\ncontent-length:"))) length = strtoul(line + 16, 0, 10);
        if ((line = strcasestr(data, "\nuser-agent:"))) sscanf(line + 12, " %16383[^\r\n]", agent);
        while (have < head + length && have < most) {
            ssize_t got = take(client, data + have, most - have);
            if (got == 0) goto done;
            have += got;
        }
        if (!strcmp(target, "/")) answer(client, "200 OK", "", 0, "text/plain");
        else if (!strncmp(target, "/echo/", 6)) answer(client, "200 OK", target + 6, strlen(target + 6), "text/plain");
        else if (!strcmp(target, "/user-agent")) answer(client, "200 OK", agent, strlen(agent), "text/plain");
        else if (!strncmp(target, "/files/", 7))
            file_of(client, !strcmp(method, "POST"), target + 7, data + head, length);
        else answer(client, "404 Not Found", "", 0, "text/plain");
        memmove(data, data + head + length, have - head - length);
        have -= head + length;
        data[have] = 0;
    }
done:
    free(data);
    close(client);
    return 0;
}

int main(int count, char **words) {
    kind = words[1];
    for (int at = 2; at + 1 < count; at++)
        if (!strcmp(words[at], "--directory")) directory = words[at + 1];
    signal(SIGPIPE, SIG_IGN);
    int server = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_port = htons(4221), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (bind(server, (struct sockaddr *)&where, sizeof where) || listen(server, 128)) return 1;
    for (;;) {
        pthread_t thread;
        int client = accept(server, 0, 0);
        if (client >= 0 && !pthread_create(&thread, 0, serve, (void *)(long)client)) pthread_detach(thread);
    }
}
