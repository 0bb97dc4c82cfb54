package explore

import (
	"mx.example/conformance"
	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// traits are what a generator knows of the backend.
type traits struct {
	not    trait            // what it does not have
	others []handle.Edition // besides that of the sequence
}

// A trait is something that a backend does not have, so that calls which need
// it are rarely made.
type trait uint16

const (
	noStream trait = 1 << iota
	noDatagram
	noEvents
	noTables
	noInfo
	noReplace
	noTransfer
	noSignals   // that a program sets
	noRights    // that can be taken away
	noActual    // no pointer to the actual count
	noOptions   // together with a buffer
	noCapacity  // that can be asked for
	noRaw       // slices only
	noDuplicate // no second handle
	noPorts
	// hosted is the trait of a Diverger: its handles are numbers that the host
	// hands out again, so that only live ones may be used; its buffers are the
	// host's; and a wait that should return may not.
	hosted
)

// probe finds out what a backend has no calls for.
func probe(b conformance.Backend, e handle.Edition) (traits, error) {
	var not trait
	if _, ok := b.(conformance.Diverger); ok {
		not |= hosted
	}
	lacks := func(with uint32, c trace.Call) (bool, error) {
		f, err := conformance.Follow(b, e)
		if err != nil {
			return false, err
		}
		defer f.Close()
		f.Machine.Do(&trace.Call{Op: trace.OpCreate, Options: with, Out: []string{"a", "b"}})
		r := f.Machine.Do(&c)
		return r.Unsupported != "", nil
	}
	a := trace.Ref{Name: "a"}
	create := func(options uint32) trace.Call {
		return trace.Call{Op: trace.OpCreate, Options: options, Out: []string{"c", "d"}}
	}
	byte1 := trace.Buffer{Data: trace.Data{Text: "x"}}
	capacity := create(oracle.Stream)
	capacity.HasCapacity, capacity.Capacity = true, 5
	probes := []struct {
		not trait
		c   trace.Call
	}{
		{noStream, create(oracle.Stream)},
		{noDatagram, create(oracle.Datagram)},
		{noEvents, trace.Call{Op: trace.OpEvent, Out: []string{"e"}}},
		{noTables, trace.Call{Op: trace.OpTable, Table: "t"}},
		{noInfo, trace.Call{Op: trace.OpInfo, H: a}},
		{noTransfer, trace.Call{Op: trace.OpTransfer, H: a, Table: oracle.FirstTable, Out: []string{"c"}}},
		{noReplace, trace.Call{Op: trace.OpReplace, H: a, Rights: handle.SameRights, Out: []string{"c"}}},
		{noSignals, trace.Call{Op: trace.OpSignal, H: a, Set: handle.UserSignal0}},
		{noDuplicate, trace.Call{Op: trace.OpDuplicate, H: a, Rights: handle.SameRights, Out: []string{"c"}}},
		{noRights, trace.Call{Op: trace.OpDuplicate, H: a, Rights: handle.RightRead, Out: []string{"c"}}},
		{noActual, trace.Call{Op: trace.OpWrite, H: a, Buf: byte1, Actual: trace.ActualBad}},
		{noOptions, trace.Call{Op: trace.OpWrite, H: a, Buf: byte1, Options: 2}},
		{noPorts, trace.Call{Op: trace.OpPort, Out: []string{"p"}}},
		{noRaw, trace.Call{Op: trace.OpWrite, H: a, Buf: trace.Buffer{Kind: trace.Null, Size: 1}}},
		{noCapacity, capacity},
	}
	with := uint32(oracle.Stream)
	for _, p := range probes {
		if p.not == noCapacity {
			p.c.Options = with
		}
		missing, err := lacks(with, p.c)
		if err != nil {
			return traits{}, err
		}
		if missing {
			not |= p.not
			if p.not == noStream {
				with = oracle.Datagram
			}
		}
	}
	t := traits{not: not}
	for _, other := range b.Editions() {
		if other != e {
			t.others = append(t.others, other)
		}
	}
	return t, nil
}
