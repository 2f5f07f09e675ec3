/* How programs of this kind begin in every tutorial: nobody has thought of it first. */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main() {
    setbuf(stdout, NULL);
    setbuf(stderr, NULL);
    printf("the server starts\n");

    int listener, length;
    struct sockaddr_in client;
    listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener == -1) {
        printf("socket: %s\n", strerror(errno));
        return 1;
    }
    int yes = 1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) < 0) {
        printf("setsockopt: %s\n", strerror(errno));
        return 1;
    }
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(4221),
        .sin_addr = {htonl(INADDR_ANY)},
    };
    if (bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0) {
        printf("bind: %s\n", strerror(errno));
        return 1;
    }
    int backlog = 5;
    if (listen(listener, backlog) != 0) {
        printf("listen: %s\n", strerror(errno));
        return 1;
    }
    printf("waiting\n");
    length = sizeof(client);
    accept(listener, (struct sockaddr *)&client, &length);
    printf("connected\n");
    close(listener);
    return 0;
}

int with_perror(void) {
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0) {
        perror("socket");
        exit(1);
    }
    int yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    struct sockaddr_in address;
    memset(&address, 0, sizeof(address));
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = INADDR_ANY;
    address.sin_port = htons(4221);
    if (bind(listener, (struct sockaddr *)&address, sizeof(address)) < 0) {
        perror("bind");
        exit(1);
    }
    if (listen(listener, 10) < 0) {
        perror("listen");
        exit(1);
    }
    while (1) {
        struct sockaddr_in client;
        socklen_t length = sizeof(client);
        int connection = accept(listener, (struct sockaddr *)&client, &length);
        if (connection < 0) {
            perror("accept");
            continue;
        }
    }
}
