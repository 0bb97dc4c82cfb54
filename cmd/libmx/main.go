//go:build cgo && unix

package main

// #cgo CFLAGS: -std=gnu11 -I${SRCDIR}/include
import "C"

// main is never called: the program that links the library has its own.
func main() {}
