/* A right server whose answers come from an orphan, over pipes or over memory with a lock: `helped pipe|futex`. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <semaphore.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PORT = 4221, SIZE = 65536, THINKS_US = 80000 };
static int to_helper[2], to_server[2];
static struct { sem_t asked, answered; char text[SIZE]; } *both;
static int by_futex;

static void answer(char *text) {
    char path[SIZE / 2], body[SIZE / 2] = "";
    usleep(THINKS_US);
    int found = sscanf(text, "%*s %32767s", path) == 1 && (!strcmp(path, "/") || !strncmp(path, "/echo/", 6));
    if (found && path[1]) strcpy(body, path + 6);
    snprintf(text, SIZE, "HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %zu\r\n\r\n%s",
             found ? "200 OK" : "404 Not Found", strlen(body), body);
}

static void help(void) {
    static char text[SIZE];
    for (ssize_t count;;) {
        if (by_futex) {
            sem_wait(&both->asked);
            answer(both->text);
            sem_post(&both->answered);
        } else if ((count = read(to_helper[0], text, SIZE - 1)) > 0) {
            text[count] = 0;
            answer(text);
            if (write(to_server[1], text, strlen(text)) < 0) _exit(1);
        } else {
            _exit(1);
        }
    }
}

static void ask(char *text) {
    if (by_futex) {
        strcpy(both->text, text);
        sem_post(&both->asked);
        sem_wait(&both->answered);
        strcpy(text, both->text);
    } else {
        if (write(to_helper[1], text, strlen(text)) < 0) _exit(1);
        ssize_t count = read(to_server[0], text, SIZE - 1);
        text[count > 0 ? count : 0] = 0;
    }
}

int main(int argc, char **argv) {
    by_futex = argc > 1 && !strcmp(argv[1], "futex");
    both = mmap(NULL, sizeof *both, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    sem_init(&both->asked, 1, 0);
    sem_init(&both->answered, 1, 0);
    if (pipe(to_helper) || pipe(to_server)) return 1;
    pid_t parent = fork();
    if (!parent) {
        if (!fork()) help();
        _exit(0);
    }
    waitpid(parent, NULL, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 128)) return 1;
    for (;;) {
        static char text[SIZE];
        int client = accept(listener, NULL, NULL), have = 0;
        for (ssize_t more; have < SIZE - 1 && (more = read(client, text + have, SIZE - 1 - have)) > 0;) {
            text[have += more] = 0;
            if (strstr(text, "\r\n\r\n")) {
                ask(text);
                if (write(client, text, strlen(text)) < 0) break;
                break;
            }
        }
        close(client);
    }
}
