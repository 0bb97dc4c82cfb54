// Libmx is the sockets of package mxsocket, with their events, ports and
// handles, as a C library: programs written for the system calls of Magenta or
// Zircon compile against its headers and run on this machine, in one process.
//
// Install it:
//
//	go run ./cmd/libmx/install -prefix /usr/local
//
// README.md, here and in what is installed, goes from there to a running test.
// The library alone, without the installer's care for what it exports, is
//
//	go build -buildmode=c-shared -tags netgo,osusergo -o libmx.so ./cmd/libmx
//	go build -buildmode=c-archive -tags netgo,osusergo -o libmx.a ./cmd/libmx
//
// (The file libmx.h that these leave beside the library is not for programs.)
//
// A program includes <magenta/syscalls.h> for the calls of 2017, spelled mx_,
// or <zircon/syscalls.h> for those spelled zx_. Whose rules they follow is said
// by the environment variable MX_EDITION (manual, kernel2017 or zircon), or by
// mx_set_edition before the first call:
//
//	MX_EDITION=kernel2017 ./echo
//
// "go test -bench Libmx ./cmd/libmx" measures what a call from C costs.
//
// The header libmx/host.h says what a program should know that is the host of
// the library: editions, bad pointers, signal handlers, threads, fork, linking.
//
// It takes cgo, a C compiler (gcc or clang) and a Unix system, on Linux with
// glibc. Built without cgo, this command says so and exits with status 2.
package main
