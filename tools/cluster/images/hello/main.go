// Command hello answers on port 8080 with the name of the pod it runs in,
// and on /lookup/NAME with the addresses that the pod finds for NAME.
package main

import (
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

func main() {
	name, err := os.Hostname()
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("/", func(answer http.ResponseWriter, _ *http.Request) {
		fmt.Fprintln(answer, name)
	})
	http.HandleFunc("/lookup/{name}", func(answer http.ResponseWriter, request *http.Request) {
		found, err := net.DefaultResolver.LookupHost(request.Context(), request.PathValue("name"))
		if err != nil {
			http.Error(answer, err.Error(), http.StatusBadGateway)
			return
		}
		fmt.Fprintln(answer, strings.Join(found, " "))
	})
	server := http.Server{Addr: ":8080", ReadHeaderTimeout: 5 * time.Second}
	log.Fatal(server.ListenAndServe())
}
