package oracle_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// randomCall draws a call on the handles h0 to h5, most of them valid now and
// then.
func randomCall(rng *rand.Rand) *trace.Call {
	name := func() string { return fmt.Sprint("h", rng.IntN(6)) }
	table := []string{"", "t0", "t1", "t2"}[rng.IntN(4)]
	c := &trace.Call{
		Op:       trace.Op(1 + rng.IntN(len(trace.Ops()))),
		H:        trace.Ref{Name: name()},
		Table:    table,
		Out:      []string{name(), name()},
		Options:  uint32(max(0, rng.IntN(8)-5)),
		Capacity: 1 + rng.Uint64N(4),
		Actual:   trace.ActualKind(max(0, rng.IntN(9)-6)),
		Rights:   []handle.Rights{handle.SameRights, handle.RightRead, handle.RightRead | handle.RightWrite, 0}[rng.IntN(4)],
		Set:      handle.UserSignal0 << rng.IntN(3),
		Clear:    handle.UserSignal0 << rng.IntN(3),
		Signals:  handle.Signals(1 << rng.IntN(4)),
		Until:    trace.Deadline{Kind: trace.DeadlineKind(rng.IntN(3)), After: time.Duration(rng.IntN(3))},
		To:       trace.Ref{Name: name()},
		Bytes:    rng.Uint64N(9),
		Key:      rng.Uint64N(2),
		Packet:   &handle.Packet{Key: rng.Uint64N(2)},
		Mine:     uint32(rng.IntN(4)),
		Peers:    uint32(rng.IntN(4)),
		Property: oracle.RxThreshold + handle.Property(rng.IntN(3)),
		Value:    rng.Uint64N(6),

		HasCapacity: true,
	}
	c.Items = []trace.WaitItem{{Ref: c.H, WaitFor: c.Signals}, {Ref: c.To, WaitFor: c.Signals}}
	c.Buf = trace.Buffer{
		Kind: trace.BufferKind(max(0, rng.IntN(9)-6)),
		Data: trace.Data{Kind: trace.Pattern, Len: rng.Uint64N(6), Offset: rng.Uint64N(99)},
		Size: rng.Uint64N(6),
		Bad:  rng.Uint64N(3),
	}
	if c.Options == oracle.HalfClose && rng.IntN(2) == 0 {
		c.Buf = trace.Buffer{}
	}
	switch c.Op {
	case trace.OpTable:
		c.Op, c.Table = trace.OpWrite, "" // the tables are there already
	case trace.OpClose, trace.OpTransfer:
		if rng.IntN(2) == 0 {
			c.Op = trace.OpWrite // or little would be left to work on
		}
	}
	if c.Op == trace.OpCloseAll && rng.IntN(8) > 0 {
		c.Op = trace.OpRead // or little would ever be there
	}
	return c
}

func begin(e handle.Edition) *oracle.State {
	s := oracle.New(e)
	s.Do(&trace.Call{Op: trace.OpTable, Table: "t1", Handles: 5})
	s.Do(&trace.Call{Op: trace.OpTable, Table: "t2", Memory: 2000, HasMemory: true})
	return s
}

// Step leaves its state alone and gives the answer and the state that Do does;
// a clone shares nothing with what it was made from.
func TestPurity(t *testing.T) {
	answers := map[status.Status]int{}
	for _, e := range handle.Editions() {
		rng := rand.New(rand.NewPCG(1, uint64(e)))
		var s *oracle.State
		for i := range 8000 {
			if i%250 == 0 {
				s = begin(e) // or handles without a name would pile up
			}
			c := randomCall(rng)
			before := s.Clone()
			if !reflect.DeepEqual(s, before) {
				t.Fatalf("%v, call %d: the clone of a state differs from it", e, i)
			}
			actor := fmt.Sprint("w", rng.IntN(3))
			if rng.IntN(8) == 0 {
				if s.Finish(actor); !reflect.DeepEqual(s, before) {
					t.Fatalf("%v, call %d: Finish changed the state", e, i)
				}
				if got := s.Finish(actor); got != nil {
					s = got[rng.IntN(len(got))].Next
					continue
				}
			}
			allowed := oracle.Step(s, c)
			if !reflect.DeepEqual(s, before) {
				t.Fatalf("%v, call %d: Step changed the state", e, i)
			}
			if allowed == nil {
				if s.Waits[actor] == nil && !s.Start(actor, c) {
					t.Fatalf("%v, call %d: a call that Blocks did not when it was started", e, i)
				}
				continue
			}
			after := before.Clone()
			want := after.Do(c)
			if !reflect.DeepEqual(want, allowed[0].Want) || !reflect.DeepEqual(after, allowed[0].Next) {
				t.Fatalf("%v, call %d: Do and Step differ", e, i)
			}
			if !reflect.DeepEqual(s, before) {
				t.Fatalf("%v, call %d: a call on a clone changed the state it was made from", e, i)
			}
			s = after
			answers[want.Status]++
			consistent(t, s)
		}
	}
	for _, st := range []status.Status{
		status.OK, status.ErrNoMemory, status.ErrInvalidArgs, status.ErrBadHandle, status.ErrWrongType,
		status.ErrBadState, status.ErrTimedOut, status.ErrShouldWait, status.ErrPeerClosed,
		status.ErrAccessDenied, status.ErrNotSupported,
	} {
		if answers[st] < 10 {
			t.Errorf("of the random calls only %d were answered with %v", answers[st], st)
		}
	}
}

// consistent checks what holds of every state.
func consistent(t *testing.T, s *oracle.State) {
	t.Helper()
	live := map[string]uint64{}
	refer := map[handle.Koid]int{}
	for name, h := range s.Handles {
		if h.Live {
			live[h.Table]++
			refer[h.Object]++
			if s.Objects[h.Object] == nil {
				t.Fatalf("the live handle %s refers to no object", name)
			}
		}
	}
	for name, table := range s.Tables {
		if table.Live < live[name] || table.Live > table.HandleLimit {
			t.Fatalf("table %s counts %d handles, of which %d have a name; its limit is %d", name, table.Live, live[name], table.HandleLimit)
		}
		if table.HasMemory && s.Used(name) > table.MemoryLimit {
			t.Fatalf("table %s uses %d bytes, its limit is %d", name, s.Used(name), table.MemoryLimit)
		}
	}
	for koid, o := range s.Objects {
		if o.Handles < refer[koid] || (o.Handles == 0) != o.Closed {
			t.Fatalf("object %d counts %d handles, of which %d have a name; closed is %v", koid, o.Handles, refer[koid], o.Closed)
		}
		if uint64(len(o.Inbound)) > o.Capacity {
			t.Fatalf("object %d holds %d bytes of %d", koid, len(o.Inbound), o.Capacity)
		}
		sum := 0
		for _, n := range o.Lengths {
			sum += n
		}
		if o.Datagram && sum != len(o.Inbound) {
			t.Fatalf("the datagrams of object %d have %d bytes, its inbound %d", koid, sum, len(o.Inbound))
		}
	}
}

// The views that predicates on states are made of.
func TestViews(t *testing.T) {
	s := oracle.New(handle.Manual)
	s.Do(&trace.Call{Op: trace.OpCreate, Capacity: 3, HasCapacity: true, Out: []string{"a", "b"}})
	s.Do(&trace.Call{Op: trace.OpEvent, Out: []string{"e"}})
	a, b := trace.Ref{Name: "a"}, trace.Ref{Name: "b"}
	s.Do(&trace.Call{Op: trace.OpWrite, H: a, Buf: trace.Buffer{Data: trace.Data{Text: "xy"}}})

	ea, eb := s.Endpoint(a), s.Endpoint(b)
	if ea == nil || eb == nil || s.Peer(ea) != eb || s.Peer(eb) != ea {
		t.Fatal("the endpoints of a pair are not each other's peer")
	}
	if s.Room(ea) != 1 || s.Room(eb) != 3 || string(eb.Inbound) != "xy" {
		t.Errorf("room %d and %d, inbound %q; want 1, 3 and xy", s.Room(ea), s.Room(eb), eb.Inbound)
	}
	if e := (trace.Ref{Name: "e"}); s.Endpoint(e) != nil || s.Object(e) == nil {
		t.Error("an event is an endpoint, or no object")
	}
	if s.Object(trace.Ref{Name: "a", Delta: 1}) != nil || s.Object(trace.Ref{}) != nil {
		t.Error("a neighbouring value, or the value 0, refers to an object")
	}
	if used := s.Used(oracle.FirstTable); used != oracle.PairCharge+oracle.EventCharge+3*oracle.HandleCharge+2 {
		t.Errorf("%d bytes used", used)
	}
	s.Do(&trace.Call{Op: trace.OpClose, H: b})
	if s.Endpoint(b) != nil || s.Peer(ea) != nil || s.Room(ea) != 0 || s.MayWrite(ea) {
		t.Error("a closed endpoint is still there")
	}
	if got := s.Signals(ea); got != handle.PeerClosed|handle.LastHandle {
		t.Errorf("signals %#x after the peer's close", uint32(got))
	}
}

// A call of the common kinds is what exploration does a million times a
// second.
func BenchmarkDo(b *testing.B) {
	s := oracle.New(handle.Manual)
	s.Do(&trace.Call{Op: trace.OpCreate, Capacity: 64, HasCapacity: true, Out: []string{"a", "b"}})
	calls := []*trace.Call{
		{Op: trace.OpWrite, H: trace.Ref{Name: "a"}, Buf: trace.Buffer{Data: trace.Data{Text: "0123456789"}}},
		{Op: trace.OpWrite, H: trace.Ref{Name: "a"}, Buf: trace.Buffer{Data: trace.Data{Kind: trace.Pattern, Len: 10}}},
		{Op: trace.OpRead, H: trace.Ref{Name: "b"}, Buf: trace.Buffer{Size: 20}},
		{Op: trace.OpSignals, H: trace.Ref{Name: "b"}},
		{Op: trace.OpWait, H: trace.Ref{Name: "b"}, Signals: handle.Readable, Until: trace.Deadline{Kind: trace.Past}},
		{Op: trace.OpDuplicate, H: trace.Ref{Name: "b"}, Rights: handle.SameRights, Out: []string{"c"}},
		{Op: trace.OpClose, H: trace.Ref{Name: "c"}},
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		s.Do(calls[i%len(calls)])
	}
}

func BenchmarkStep(b *testing.B) {
	s := oracle.New(handle.Manual)
	s.Do(&trace.Call{Op: trace.OpCreate, Capacity: 3, HasCapacity: true, Out: []string{"a", "b"}})
	c := &trace.Call{Op: trace.OpWrite, H: trace.Ref{Name: "a"}, Buf: trace.Buffer{Data: trace.Data{Text: "01"}}}
	b.ReportAllocs()
	for b.Loop() {
		oracle.Step(s, c)
	}
}
