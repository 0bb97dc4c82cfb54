//go:build linux

package posixfd

import (
	"mx.example/handle"
	"mx.example/status"
)

// altered changes the signals that a wait has seen, an item each.
func altered(change func(handle.Signals) handle.Signals) func(*bent) {
	return func(b *bent) {
		b.see = func(items []handle.WaitItem, err error) error {
			for i := range items {
				items[i].Pending = change(items[i].Pending)
			}
			return err
		}
	}
}

// misasked changes what a wait asks for.
func misasked(change func(handle.Signals) handle.Signals) func(*bent) {
	return func(b *bent) {
		b.ask = func(items []handle.WaitItem) {
			for i := range items {
				items[i].WaitFor = change(items[i].WaitFor)
			}
		}
	}
}

var wrongSignals = []mistake{
	{"READABLE is never seen", allKinds, nil, altered(func(s handle.Signals) handle.Signals { return s &^ handle.Readable })},
	{"READABLE is always seen", allKinds, nil, altered(func(s handle.Signals) handle.Signals { return s | handle.Readable })},
	{"WRITABLE is never seen", allKinds, nil, altered(func(s handle.Signals) handle.Signals { return s &^ handle.Writable })},
	{"WRITABLE is always seen", notTCP, nil, altered(func(s handle.Signals) handle.Signals { return s | handle.Writable })},
	{"PEER_CLOSED is never seen", notDgram, nil, altered(func(s handle.Signals) handle.Signals { return s &^ handle.PeerClosed })},
	{"PEER_CLOSED is never seen", []string{UnixDgram}, []handle.Edition{handle.Manual},
		altered(func(s handle.Signals) handle.Signals { return s &^ handle.PeerClosed })},
	{"PEER_CLOSED is always seen", allKinds, nil, altered(func(s handle.Signals) handle.Signals { return s | handle.PeerClosed })},
	{"READABLE and WRITABLE change places", allKinds, nil, altered(func(s handle.Signals) handle.Signals {
		const both = handle.Readable | handle.Writable
		return s&^both | s&handle.Readable<<1 | s&handle.Writable>>1
	})},
	{"LAST_HANDLE is seen", allKinds, nil, altered(func(s handle.Signals) handle.Signals { return s | handle.LastHandle })},
	{"a look sees what the one before saw", allKinds, nil, func(b *bent) {
		last := handle.Writable
		b.see = func(items []handle.WaitItem, err error) error {
			for i := range items {
				items[i].Pending, last = last, items[i].Pending
			}
			return err
		}
	}},
	{"signals accumulate", allKinds, nil, func(b *bent) {
		all := map[handle.Handle]handle.Signals{}
		b.see = func(items []handle.WaitItem, err error) error {
			for i := range items {
				all[items[i].Handle] |= items[i].Pending
				items[i].Pending = all[items[i].Handle]
			}
			return err
		}
	}},
	{"an item has the signals of the next one", allKinds, nil, func(b *bent) {
		b.see = func(items []handle.WaitItem, err error) error {
			for i := range items[:max(len(items)-1, 0)] {
				items[i].Pending, items[i+1].Pending = items[i+1].Pending, items[i].Pending
			}
			return err
		}
	}},
	{"the last item is left out", allKinds, nil, func(b *bent) {
		b.see = func(items []handle.WaitItem, err error) error {
			if len(items) > 1 {
				items[len(items)-1].Pending = 0
			}
			return err
		}
	}},
	{"TIMED_OUT instead of OK", allKinds, nil, verdict(nil, status.ErrTimedOut)},
	{"OK instead of TIMED_OUT", allKinds, nil, verdict(status.ErrTimedOut, nil)},
	{"CANCELED instead of OK", allKinds, nil, verdict(nil, status.ErrCanceled)},
	{"SHOULD_WAIT instead of TIMED_OUT", allKinds, nil, verdict(status.ErrTimedOut, status.ErrShouldWait)},
	{"READABLE is not waited for", allKinds, nil, misasked(func(s handle.Signals) handle.Signals { return s &^ handle.Readable })},
	{"WRITABLE is not waited for", allKinds, nil, misasked(func(s handle.Signals) handle.Signals { return s &^ handle.Writable })},
	{"PEER_CLOSED is not waited for", []string{UnixStream, UnixSeqpacket, TCP}, nil,
		misasked(func(s handle.Signals) handle.Signals { return s &^ handle.PeerClosed })},
	{"READABLE is waited for", allKinds, nil, misasked(func(s handle.Signals) handle.Signals { return s | handle.Readable })},
	{"WRITABLE is waited for", allKinds, nil, misasked(func(s handle.Signals) handle.Signals { return s | handle.Writable })},
	{"PEER_CLOSED is waited for", []string{UnixStream, UnixSeqpacket, TCP}, []handle.Edition{handle.Kernel2017},
		misasked(func(s handle.Signals) handle.Signals { return s | handle.PeerClosed })},
}

var notTCP = []string{UnixStream, UnixDgram, UnixSeqpacket, Pipe}

// verdict ends waits in another way than they did.
func verdict(was, is error) func(*bent) {
	return func(b *bent) {
		b.see = func(items []handle.WaitItem, err error) error {
			if err == was {
				return is
			}
			return err
		}
	}
}
