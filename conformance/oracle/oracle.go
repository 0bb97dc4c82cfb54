// Package oracle is the contract of sockets, handles, signals, waits and ports
// as a function: from a state and a call to the answers that are allowed, each
// with the state after it. It is what every other implementation is held
// against, so it is written to be read: slices of bytes, no locks, no memory
// saved, each rule beside its clause id, in the order in which the contract
// gives them. It shares nothing with the sockets it judges but the names of
// types and constants; numbers that the contract states are stated again.
//
// Start at [State], then [State.Do]. A file holds the calls of one group of
// clauses: create.go, write.go, read.go, handles.go, signals.go, wait.go,
// instant.go, ports.go, operations.go, zircon.go. What differs between
// editions is the table in rules.go.
package oracle

import (
	"fmt"

	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// An Outcome is an answer that is allowed, and the state after it.
type Outcome struct {
	Want trace.Want
	Next *State
}

// Step gives the answers allowed to a call that no other call overlaps but
// waits that have blocked, and leaves s as it is. There is one, except that a
// wait which would never return ([State.Blocks]) has none.
func Step(s *State, c *trace.Call) []Outcome {
	if s.Blocks(c) {
		return nil
	}
	next := s.Clone()
	return []Outcome{{next.Do(c), next}}
}

// Do makes a call: it changes s and gives the answer. Names in c.Out are bound
// if the call succeeds. A call that Blocks must be started, not done: Do
// panics.
func (s *State) Do(c *trace.Call) trace.Want {
	first := s.first(c)
	want := s.do(c)
	s.observe(first)
	s.settleLoops()
	return want
}

func (s *State) do(c *trace.Call) trace.Want {
	switch c.Op {
	case trace.OpTable:
		return s.table(c)
	case trace.OpCreate:
		return s.create(c)
	case trace.OpEvent:
		return s.event(c)
	case trace.OpWrite:
		return s.write(c)
	case trace.OpRead:
		return s.read(c)
	case trace.OpOutstanding:
		return s.outstanding(c)
	case trace.OpClose:
		return s.close(c)
	case trace.OpDuplicate:
		return s.duplicate(c)
	case trace.OpReplace:
		return s.replace(c)
	case trace.OpTransfer:
		return s.transfer(c)
	case trace.OpInfo:
		return s.info(c)
	case trace.OpSignal:
		return s.signal(c)
	case trace.OpSignalPeer:
		return s.signalPeer(c)
	case trace.OpSignals:
		return s.signals(c)
	case trace.OpWait, trace.OpWaitMany:
		return s.wait(c)
	case trace.OpPump:
		return s.pump(c)
	case trace.OpChurn:
		return s.churn(c)
	case trace.OpWriteAll, trace.OpReadFull:
		return s.loop(c)
	case trace.OpKoids:
		return s.koids(c)
	case trace.OpCloseAll:
		return s.closeAll(c)
	case trace.OpHolds:
		return s.holds(c)
	case trace.OpPort:
		return s.newPort(c)
	case trace.OpPortQueue:
		return s.queuePacket(c)
	case trace.OpPortWait:
		return s.portWait(c)
	case trace.OpPortRace:
		return s.portRace(c)
	case trace.OpWaitAsync:
		return s.waitAsync(c)
	case trace.OpPortCancel:
		return s.cancelAsync(c)
	case trace.OpSetDisposition:
		return s.setDisposition(c)
	case trace.OpGetProperty:
		return s.getProperty(c)
	case trace.OpSetProperty:
		return s.setProperty(c)
	case trace.OpSocketInfo:
		return s.socketInfo(c)
	}
	panic(fmt.Sprintf("oracle: the contract has no call of kind %d", c.Op))
}

// answer is a want of a status and nothing more.
func answer(st status.Status) trace.Want { return trace.Want{Status: st} }

// use finds what a call is made on and checks, in the order of O-ORDER, that
// the handle is valid and that it has the right.
func (s *State) use(r trace.Ref, need handle.Rights) (Handle, *Object, status.Status) {
	h, ok := s.Lookup(r)
	if !ok {
		return Handle{}, nil, status.ErrBadHandle
	}
	if h.Rights&need != need {
		return Handle{}, nil, status.ErrAccessDenied
	}
	return h, s.Objects[h.Object], status.OK
}

// useOf is use for the calls that also need an object of some kind, and fail
// with wrong if it is of another. Which of the two is asked first differs
// (O-ORDER).
func (s *State) useOf(kind func(*Object) bool, wrong status.Status, r trace.Ref, need handle.Rights) (Handle, *Object, status.Status) {
	h, ok := s.Lookup(r)
	if !ok {
		return Handle{}, nil, status.ErrBadHandle
	}
	o := s.Objects[h.Object]
	denied := h.Rights&need != need
	switch {
	case !kind(o) && (!denied || s.rules(h).TypeFirst):
		return Handle{}, nil, wrong
	case denied:
		return Handle{}, nil, status.ErrAccessDenied
	}
	return h, o, status.OK
}

func isSocket(o *Object) bool { return o.Type == handle.TypeSocket }

// socket is useOf for the calls of sockets: W-HANDLE, W-RIGHTS, W-TYPE,
// R-HANDLE, R-RIGHTS, R-TYPE.
func (s *State) socket(r trace.Ref, need handle.Rights) (*Object, status.Status) {
	_, o, st := s.useOf(isSocket, status.ErrWrongType, r, need)
	return o, st
}

// called are the rules of the table that a call on r is made in: what is
// checked before the handle is looked at has nothing else to go by (E-OWNER).
func (s *State) called(r trace.Ref) *Rules {
	name := r.Table
	if name == "" {
		name = tableName(s.Handles[r.Name].Table)
	}
	t := s.Tables[name]
	if t == nil {
		return RulesOf(s.Edition) // no such process; the handle will be bad too
	}
	return RulesOf(t.Edition)
}

// counted is the answer of a successful write or read, once its count has to
// be stored. W-ACTUAL: null is ignored, a word that cannot be written is
// INVALID_ARGS, after the effect.
func counted(c *trace.Call, want trace.Want) trace.Want {
	if want.Status == status.OK && c.Actual == trace.ActualBad {
		return answer(status.ErrInvalidArgs)
	}
	return want
}
