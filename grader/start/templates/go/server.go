// A server that listens and accepts clients. It does not answer yet: that is your part.
package main

import (
	"log"
	"net"
)

func main() {
	listening, err := net.Listen("tcp", "127.0.0.1:4221")
	if err != nil {
		log.Fatal(err)
	}
	for {
		client, err := listening.Accept()
		if err != nil {
			log.Print(err)
			continue
		}
		client.Close()
	}
}
