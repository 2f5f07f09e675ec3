// How programs of this kind begin in every tutorial: nobody has thought of it first.
#include <arpa/inet.h>
#include <iostream>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
  std::cout << std::unitbuf;
  std::cerr << std::unitbuf;
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (listener < 0) {
    std::cerr << "no socket\n";
    return 1;
  }
  int yes = 1;
  if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) < 0) {
    std::cerr << "no setsockopt\n";
    return 1;
  }
  struct sockaddr_in address;
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = INADDR_ANY;
  address.sin_port = htons(4221);
  if (bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0) {
    std::cerr << "no bind\n";
    return 1;
  }
  int backlog = 5;
  if (listen(listener, backlog) != 0) {
    std::cerr << "no listen\n";
    return 1;
  }
  struct sockaddr_in client;
  int length = sizeof(client);
  std::cout << "waiting\n";
  accept(listener, (struct sockaddr *)&client, (socklen_t *)&length);
  std::cout << "connected\n";
  close(listener);
  return 0;
}
