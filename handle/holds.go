package handle

import "mx.example/status"

// A Holding counts what an object holds: see [Table.Holds].
type Holding struct {
	Handles uint64 // that refer to it, in all tables
	// Observers are the waits on it that are under way, one for each item, and
	// the operations of [Table.WaitAsync] that have not ended.
	Observers uint64
	Packets   uint64 // that wait in it, if it is a port
}

// Holds counts what the object of h holds, at one instant. It is for tests: what
// a program has ended must not stay. It needs no right.
//
// BAD_HANDLE: h is not a handle of this table.
func (t *Table) Holds(h Handle) (Holding, error) {
	t.check()
	e := t.Lookup(h)
	if e == nil {
		return Holding{}, t.NoHandle()
	}
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return Holding{}, status.ErrBadHandle
	}
	hd := e.object.header()
	n := Holding{Handles: uint64(hd.handles)}
	if hd.watch != nil {
		n.Observers = uint64(hd.watch.n)
	}
	if p, ok := e.object.(*port); ok {
		n.Packets = p.queued
	}
	return n, nil
}
