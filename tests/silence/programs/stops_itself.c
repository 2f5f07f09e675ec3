/* Stops itself with the request in its hands. */
#include <arpa/inet.h>
#include <signal.h>
#include <unistd.h>

int main(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(4221), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int on = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 128)) return 1;
    for (char request[1024];;) {
        if (read(accept(listener, NULL, NULL), request, sizeof request) > 0) raise(SIGSTOP);
    }
}
