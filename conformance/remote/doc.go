// Package remote makes a kernel at the other end of a byte stream a backend of
// the conformance suite: a program that is started, a TCP or unix connection,
// or a serial line.
//
// The protocol between the two is written down in PROTOCOL.md. The directory
// adapter has the other end of it: a core in C that needs no library, adapters
// on top of it, and a small kernel in Python.
//
//	b, err := remote.Exec("./my-kernel-adapter", remote.Options{})
//	…
//	defer b.Close()
//	conformance.Test(t, b)
package remote
