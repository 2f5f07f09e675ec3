// A server of files that joins the directory and the name without a slash.
package main

import (
	"io"
	"net/http"
	"os"
	"strings"
)

func main() {
	directory := os.Args[2]
	http.HandleFunc("/files/", func(w http.ResponseWriter, r *http.Request) {
		place := directory + strings.TrimPrefix(r.URL.Path, "/files/")
		if r.Method == "POST" {
			body, _ := io.ReadAll(r.Body)
			os.WriteFile(place, body, 0o644)
			w.WriteHeader(201)
			return
		}
		content, err := os.ReadFile(place)
		if err != nil {
			w.WriteHeader(404)
			return
		}
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Write(content)
	})
	http.ListenAndServe("localhost:4221", nil)
}
