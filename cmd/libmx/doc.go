// Libmx is the sockets of package mxsocket, with their events, ports and
// handles, as a C library: programs written for the system calls of Magenta or
// Zircon compile against its headers and run on this machine, in one process.
//
// Build it, shared or static:
//
//	go build -buildmode=c-shared -o libmx.so ./cmd/libmx
//	go build -buildmode=c-archive -o libmx.a ./cmd/libmx
//
// and a program with it, such as the example beside it:
//
//	cc -I cmd/libmx/include -o echo cmd/libmx/example/echo.c -L. -lmx -Wl,-rpath,$PWD
//	cc -I cmd/libmx/include -o echo cmd/libmx/example/echo.c libmx.a -lpthread
//
// (The file libmx.h that the first two leave beside the library is not for
// programs.)
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
// It takes cgo, a C compiler (gcc or clang) and a Unix system. Built without,
// this command says so and exits with status 2.
package main
