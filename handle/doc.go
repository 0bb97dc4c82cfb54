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
//  1. the lock of an object, which guards its state, its observers, what goes
//     on through each handle that refers to it, and the slots of those
//     handles: a slot is filled or cleared only under it;
//  2. the lock of the whole package, which few calls need: transfers, and
//     closes and failures where there is a memory limit;
//  3. the lock of a table, which guards the list of its free slots and its
//     count of live handles. Only a transfer holds two, and a look at several
//     tables at one instant all of them.
//
// An operation of a port takes the lock of its source, then that of the port.
//
// A handle is looked up without a lock. The call then takes the object's lock
// and looks at the slot again ([Entry.Live]); since a close needs that same
// lock to clear the slot, the second look decides whether the call comes
// before the close or after it. It is the linearization point of every call
// that changes or reads an object.
//
// # Waits that end
//
// A wait ends by what it waits for, by its deadline, or when its handle is gone.
// [Table.WaitOneContext], [Table.WaitManyContext] and [Table.WaitPortContext]
// end with a context instead of at a deadline; their error, a [*ContextError],
// has the status and the cause.
//
// # Tests without sleeps
//
// Every wait parks on a channel and runs on the clock of its goroutine. So tests
// run it in a bubble of testing/synctest: a timeout of two hours takes no time
// there, and a wake-up that got lost is a deadlock, which synctest.Test reports at
// once. Make the table inside the bubble. The example "synctest" of package
// mxsocket shows both.
//
// # Being told of calls
//
// A table that is made with [WithHook] tells a [Hook] of every call, before and
// after, with its arguments, its result, the goroutine, the time, and a number by
// which calls of all such tables can be ordered. [LogHook] is one that logs. A
// table without a hook costs what it would cost if there were none.
//
// # Costs
//
// What a call costs does not depend on what else goes on at the object, the
// table or the port, but for what is listed here. n is what there is of it, and
// BenchmarkCosts measures each from 1 to 100,000.
//
//	a change of signals             the waits and operations that it completes
//	                                or triggers; for packets that one change
//	                                queues in a port, n log n if they were not
//	                                begun in the order of their signals
//	WaitOne, WaitAsync              the signals asked for, at most 32
//	WaitMany                        the items
//	the end of a wait, in any order constant
//	QueuePacket, WaitPort           constant
//	CancelAsync                     the operations and packets of that source
//	                                and key
//	CancelKey                       all operations and packets of the port
//	Close, Replace, Transfer        what goes on through that handle
//	Close of the last handle        the operations of the port
//	  of a port
//
// What is kept for the next call is bounded: 64 records of a kind at a table or
// a port, and at an object one.
//
// # When a program hangs
//
// [Dump] writes what is in some tables and who waits for what, [Stuck] returns the
// calls that nothing in them can end, and [Why] tells why a call failed. Give
// names to tables ([WithName]) and objects ([SetName]), and they read well.
//
// # For programs, and for the authors of objects
//
// A program needs [NewTable] with its options, the methods of [Table] but for
// those named below, [NewEvent], [NewPort], and the types and constants that
// they use. The author of a type of object, such as package mxsocket, needs
// besides: [Object], [Peered], [Described], [Propertied], [Class], [Header],
// [InitPair], [Entry] and [Sleeper], and of Table [Table.Lookup],
// [Table.NoHandle], [Table.Refuse], [Table.Insert], [Table.InsertPair],
// [Table.Charge], [Table.Release] and [Table.Limited]; and [Ended]. Where a table
// is [Table.Hooked], a call of its own tells the hooks by [Table.NewCall]. They
// are in this package because nearly every call of a program goes through a
// Lookup and an Entry, which the compiler copies into it.
//
// The methods of an Object are called under its lock and must return: a panic
// in one leaves the lock held. A function that a program gives to a call, as to
// [Table.WaitOneFunc], may panic or end its goroutine; no lock is held
// meanwhile, and the wait ends with it.
//
// Identifiers such as O-LINEAR name clauses of the contract that the
// conformance suite checks; "mxconform explain O-LINEAR" prints one.
package handle
