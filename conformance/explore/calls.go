package explore

import (
	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// A callTemplate is a call without the handle that it is made on.
type callTemplate struct {
	trace.Call
	// gives is where the name of the new handle comes from.
	gives gives
}

type gives uint8

const (
	nothing gives = iota
	another       // a second handle: the free slot of the end
	instead       // one in place of the old
)

// liveCalls is every call that is made on every live handle of the small world, at
// one capacity. Calls that change nothing come first, then those that others
// undo: so the walk goes on longest in one place.
func liveCalls(e handle.Edition, capacity uint64) []callTemplate {
	rules := oracle.RulesOf(e)
	var m []callTemplate
	add := func(c trace.Call) { m = append(m, callTemplate{Call: c}) }
	pattern := func(n uint64) trace.Data { return trace.Data{Kind: trace.Pattern, Len: n} }

	// Looking.
	add(trace.Call{Op: trace.OpInfo})
	add(trace.Call{Op: trace.OpOutstanding})
	if rules.Zircon {
		for n := range capacity + 2 {
			add(trace.Call{Op: trace.OpRead, Options: oracle.Peek, Buf: trace.Buffer{Size: n}})
		}
		add(trace.Call{Op: trace.OpSetDisposition, Mine: oracle.WriteEnabled + 1})
	}
	for _, s := range []handle.Signals{
		handle.Readable, handle.Writable, handle.PeerClosed, handle.LastHandle, handle.UserSignal0,
	} {
		add(trace.Call{Op: trace.OpWait, Signals: s, Until: trace.Deadline{Kind: trace.Past}})
	}
	// Arguments that are refused, or are not, depending on what is looked at
	// first.
	null := trace.Buffer{Kind: trace.Null, Size: 1}
	add(trace.Call{Op: trace.OpWrite, Buf: null})
	add(trace.Call{Op: trace.OpRead, Buf: null})
	add(trace.Call{Op: trace.OpWrite, Options: 2})
	add(trace.Call{Op: trace.OpWrite, Options: oracle.HalfClose, Buf: trace.Buffer{Data: pattern(1)}})
	add(trace.Call{Op: trace.OpRead, Options: 1, Buf: trace.Buffer{Size: 1}})
	for _, op := range []trace.Op{trace.OpSignal, trace.OpSignalPeer} {
		add(trace.Call{Op: op, Set: handle.Readable})
	}
	refused := []handle.Rights{handle.RightExecute, handle.SameRights | handle.RightRead}
	for _, r := range refused {
		add(trace.Call{Op: trace.OpDuplicate, Rights: r})
	}
	// Signals and bytes.
	for _, op := range []trace.Op{trace.OpSignal, trace.OpSignalPeer} {
		add(trace.Call{Op: op, Set: handle.UserSignal0})
		add(trace.Call{Op: op, Clear: handle.UserSignal0})
	}
	for n := range capacity + 2 {
		add(trace.Call{Op: trace.OpRead, Buf: trace.Buffer{Size: n}})
		add(trace.Call{Op: trace.OpWrite, Buf: trace.Buffer{Data: pattern(n)}})
	}
	if rules.Zircon {
		for mine := range uint32(oracle.WriteEnabled + 1) {
			for peers := range uint32(oracle.WriteEnabled + 1) {
				add(trace.Call{Op: trace.OpSetDisposition, Mine: mine, Peers: peers})
			}
		}
	}
	// Memory that ends too early, with room for nothing and for a byte. A fault
	// takes longer than ten other calls, so the greatest world has fewer.
	for n := range min(2, maxCapacity+1-capacity) {
		add(trace.Call{Op: trace.OpWrite, Buf: trace.Buffer{Kind: trace.Faulty, Data: pattern(n), Bad: 1}})
		add(trace.Call{Op: trace.OpRead, Buf: trace.Buffer{Kind: trace.Faulty, Size: n, Bad: 1}})
	}
	// Handles, and what cannot be undone: a replace that is refused may take the
	// handle with it (X-REPLACE-RIGHTS).
	asked := append([]handle.Rights{handle.SameRights}, worldRightsOf(e)[1:]...)
	for _, r := range asked {
		m = append(m, callTemplate{trace.Call{Op: trace.OpDuplicate, Rights: r}, another})
	}
	m = append(m, callTemplate{trace.Call{Op: trace.OpTransfer, Table: oracle.FirstTable}, instead})
	for _, r := range asked {
		m = append(m, callTemplate{trace.Call{Op: trace.OpReplace, Rights: r}, instead})
	}
	for _, r := range refused {
		add(trace.Call{Op: trace.OpReplace, Rights: r})
	}
	add(trace.Call{Op: trace.OpClose})
	add(trace.Call{Op: trace.OpWrite, Options: oracle.HalfClose})
	return m
}

// deadCalls is every call that is made on handles that have been closed.
func deadCalls() []callTemplate {
	var m []callTemplate
	for _, c := range []trace.Call{
		{Op: trace.OpWrite, Buf: trace.Buffer{Data: trace.Data{Kind: trace.Pattern, Len: 1}}},
		{Op: trace.OpWrite, Options: oracle.HalfClose},
		{Op: trace.OpRead, Buf: trace.Buffer{Size: 1}},
		{Op: trace.OpOutstanding},
		{Op: trace.OpClose},
		{Op: trace.OpInfo},
		{Op: trace.OpSignal, Set: handle.UserSignal0},
		{Op: trace.OpSignalPeer, Set: handle.UserSignal0},
		{Op: trace.OpDuplicate, Rights: handle.SameRights},
		{Op: trace.OpReplace, Rights: handle.SameRights},
		{Op: trace.OpTransfer, Table: oracle.FirstTable},
		{Op: trace.OpWait, Signals: handle.PeerClosed, Until: trace.Deadline{Kind: trace.Past}},
	} {
		m = append(m, callTemplate{Call: c})
	}
	return m
}

// crowds reports whether the call would give an end a third handle, which the
// small world does not have.
func (d *callTemplate) crowds(have handle.Rights, full bool) bool {
	if d.gives != another || !full || have&handle.RightDuplicate == 0 {
		return false
	}
	return d.Rights == handle.SameRights || d.Rights&^have == 0
}
