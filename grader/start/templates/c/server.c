/* A server that listens and accepts clients. It does not answer yet: that is your part. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
    int listening = socket(AF_INET, SOCK_STREAM, 0);
    if (listening < 0) {
        perror("socket");
        return 1;
    }
    int yes = 1;
    setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);

    struct sockaddr_in here = {0};
    here.sin_family = AF_INET;
    here.sin_port = htons(4221);
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(listening, (struct sockaddr *)&here, sizeof here) < 0) {
        perror("bind");
        return 1;
    }
    if (listen(listening, 128) < 0) {
        perror("listen");
        return 1;
    }
    for (;;) {
        int client = accept(listening, NULL, NULL);
        if (client >= 0)
            close(client);
    }
}
