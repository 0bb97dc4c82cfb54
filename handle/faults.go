package handle

// Faults says which calls on a table go as they seldom do: as in a kernel that is
// short of memory, or busy. It is for tests; package mxsocket/chaos has one. A
// type that is a mxsocket.Faults too decides about sockets as well.
//
// Its methods are called with locks held, so they return at once and make no
// call on a table. Several goroutines call at the same time.
type Faults interface {
	// NoHandle reports whether a call that makes handles, for which there is
	// room, is NO_MEMORY all the same (C-NO-MEMORY, X-FULL, X-REPLACE).
	NoHandle() bool
}

// WithFaults makes a table in which f is asked, for calls that make handles in it
// and for the objects that it creates.
func WithFaults(f Faults) Option {
	if f == nil {
		panic("handle: WithFaults(nil)")
	}
	return func(t *Table) { t.faults = f }
}

// Faults returns what [WithFaults] gave to the table, or nil.
func (t *Table) Faults() Faults { return t.faults }
