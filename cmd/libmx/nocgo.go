//go:build !cgo || !unix

package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, `libmx is a C library, and this build of it is without cgo, which needs a Unix
system and a C compiler. Install one (such as gcc or clang), then run

	CGO_ENABLED=1 go build -buildmode=c-shared -o libmx.so mx.example/cmd/libmx`)
	os.Exit(2)
}
