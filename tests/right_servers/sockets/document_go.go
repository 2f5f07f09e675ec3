// The document with Go's net/http, which finds out the type by itself.
package main

import (
	"fmt"
	"net/http"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "<!DOCTYPE html>\n<title>Hallo</title>\n<p>Grüße</p>\n")
	})
	http.ListenAndServe("127.0.0.1:4221", nil)
}
