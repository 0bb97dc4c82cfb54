// Package clause is the contract as a table: every rule of the socket,
// handle, signal, wait and port calls, with a stable id that cases,
// divergences and reports cite, what each edition says, and where that is
// from. It is complete enough to write a kernel from.
//
// # Words
//
// An endpoint is one end of a connected pair of sockets. Where a clause
// speaks of h, that is the handle the call was made on; p is any handle to
// the other endpoint, the peer. Inbound of h are the bytes written at p and
// not yet read at h; outbound of h are the bytes of the other direction. Each
// direction has a buffer of its own. An endpoint is gone when its last handle
// is closed. The room is the free part of a direction's buffer.
//
// Options, rights and signals are named without their prefixes (READ is
// MX_RIGHT_READ and ZX_RIGHT_READ); package handle has the bits and package
// status the numbers.
//
// # Editions
//
// The same machine has three rule books, and each stands for one commit of
// one source ([Pins]):
//
//   - "manual" is the manual pages of Magenta at 20fa265d99e9 (2017-06-26), to
//     the letter, and what the kernel of that commit did wherever the pages
//     say nothing.
//   - "kernel2017" is the Magenta kernel of that same commit, which departs
//     from its own manual here and there.
//   - "zircon" is the Zircon kernel of 2026, whose sockets were read at
//     1110919da765, with the same status numbers by other names.
//
// # Objects
//
// Besides sockets (type 14) there are events (type 5), so that the rules
// about types mean something. An event can be waited for, has no peer, and
// has the user signals and SIGNALED to set and clear. Its default rights are
// DUPLICATE, TRANSFER, READ and WRITE; in zircon DUPLICATE, TRANSFER, WAIT,
// INSPECT and SIGNAL. Ports are type 20 in 2017 and 6 in zircon.
//
// # Sources
//
// Every clause names, for every edition, the file, the place in it and the
// commit where its reading can be looked up ([Source]). A source is one that
// was read, not remembered. Where a clause goes beyond its sources, Ours says
// what this project decides for itself.
//
// # Departures
//
// An edition does what its source does. What the kernels do and no edition
// does, on purpose, is a [Departure]: bugs of memory, orders that are left to
// a race, and what needs parts of a kernel that are not here. They are a table
// like the clauses, each with a case that shows what is done here.
package clause
