// Reads until the client closes.
package main

import (
	"io"
	"net"
)

func main() {
	listener, _ := net.Listen("tcp", "127.0.0.1:4221")
	for {
		client, _ := listener.Accept()
		request, _ := io.ReadAll(client) // here
		client.Write(append([]byte("HTTP/1.1 200 OK\r\n\r\n"), request...))
		client.Close()
	}
}
