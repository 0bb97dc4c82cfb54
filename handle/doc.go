// Package handle is the part of a Zircon-style kernel that every object
// shares: handle tables, rights, signals and waiting. It also has the simplest
// object there is, the event. Sockets are in package mxsocket.
//
// A [Table] stands for a process. Its methods are the system calls that take
// any kind of handle; each returns nil or a [status.Status], which can be
// compared with ==. The order in which a call checks its arguments is fixed
// (O-ORDER): what needs no object, then the handle, then rights and type, then
// the other arguments, then the state of the object. A call that fails has no
// effect (O-ATOMIC).
//
// # Concurrency
//
// Every method may be called from any number of goroutines. Each call takes
// effect at one instant (O-LINEAR). The locks are these, and are taken in this
// order:
//
//  1. the lock of an object, which guards its state, its observers and the
//     slots of the handles that refer to it: a slot is filled or cleared only
//     under it;
//  2. the lock of the whole package, which few calls need: transfers, and
//     closes and failures where there is a memory limit;
//  3. the lock of a table, which guards the list of its free slots and its
//     count of live handles. Only a transfer holds two.
//
// An operation of a port takes the lock of its source, then that of the port.
//
// A handle is looked up without a lock. The call then takes the object's lock
// and looks at the slot again ([Entry.Live]); since a close needs that same
// lock to clear the slot, the second look decides whether the call comes
// before the close or after it. It is the linearization point of every call
// that changes or reads an object.
//
// Identifiers such as O-LINEAR name clauses of the contract that the
// conformance suite checks; "mxconform explain O-LINEAR" prints one.
package handle
