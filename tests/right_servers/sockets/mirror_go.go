// The head comes back, with Go's net and a bufio.Reader: a line of any length is sent back.
package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
)

func serve(client net.Conn) {
	defer client.Close()
	reader := bufio.NewReader(client)
	var head []byte
	for {
		line, err := reader.ReadBytes('\n')
		if err != nil {
			return
		}
		head = append(head, line...)
		if string(line) == "\r\n" {
			break
		}
	}
	fmt.Fprintf(client, "HTTP/1.0 200 OK\r\n\r\n%s", head)
	client.(*net.TCPConn).CloseWrite()
	io.Copy(io.Discard, reader)
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:4221")
	if err != nil {
		panic(err)
	}
	for {
		client, err := listener.Accept()
		if err == nil {
			go serve(client)
		}
	}
}
