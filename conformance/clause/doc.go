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
// The same machine has three rule books. "manual" is the manual pages of
// mid-2017, to the letter, and what its kernel did wherever the pages say
// nothing. "kernel2017" is what the Magenta kernel of that time did where it
// departed from its own manual. "zircon" is what Zircon does today, with the
// same status numbers by other names.
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
// A "page" is the manual page of that name as it stood in mid-2017; a "file"
// is a source file of the Magenta kernel of the same month. Zircon's are
// named as such. "This project" marks what the library decides for itself,
// where neither says enough for two implementations to agree.
//
// # Known kernel bugs that no edition reproduces
//
// They are named so that nobody takes them for behavior. All three are of the
// kernel of 2017:
//
//   - A chunk of buffer that was used again kept the packet length of its
//     former content. Cutting a large datagram short in a read could so leave
//     a phantom datagram behind, which nobody had written.
//   - A write that raced with the close of the peer's last handle could follow
//     a pointer to the peer after it was gone.
//   - A fault in the middle of a buffer chunk lost the bytes of that chunk that
//     had been copied before the fault.
package clause
