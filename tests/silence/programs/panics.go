// Looks for the tenth line of a request that has fewer.
package main

import (
	"net"
	"strings"
)

func answer(client net.Conn) {
	defer client.Close()
	request := make([]byte, 4096)
	size, _ := client.Read(request)
	lines := strings.Split(string(request[:size]), "\r\n")
	client.Write([]byte("HTTP/1.1 200 OK\r\n\r\n" + lines[9])) // here
}

func main() {
	listener, _ := net.Listen("tcp", "127.0.0.1:4221")
	for {
		client, _ := listener.Accept()
		go answer(client)
	}
}
