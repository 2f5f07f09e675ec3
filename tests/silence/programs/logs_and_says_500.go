// Logs the error of a file that is not there, and answers 500.
package main

import (
	"log"
	"net"
	"os"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:4221")
	if err != nil {
		log.Fatal(err)
	}
	for {
		client, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		client.Read(make([]byte, 4096))
		page, err := os.ReadFile("pages/index.html")
		if err != nil {
			log.Println("error reading the page:", err)
			client.Write([]byte("HTTP/1.1 500 Internal Server Error\r\n\r\n"))
		} else {
			client.Write(append([]byte("HTTP/1.1 200 OK\r\n\r\n"), page...))
		}
		client.Close()
	}
}
