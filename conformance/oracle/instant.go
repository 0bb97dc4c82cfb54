package oracle

import (
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// This file is what zircon says on waits: T-OBSERVED, "the whole state at one
// instant that completed it", and T-CANCEL, "whichever came first".

// An Instant is what an item of such a wait may report. What completed the
// wait decides: the item through which it did reports the state at that
// instant, and nothing later. The others are not one joint snapshot with it
// (T-MANY): each reports its state at some instant from then on.
type Instant struct {
	Now     handle.Signals // the state when last seen
	Least   handle.Signals // what the item reports for certain
	Most    handle.Signals // and what it may
	Settled bool           // nothing later counts
}

// stand takes what the item shows now as all that it may report.
func (i *Instant) stand() { i.Least, i.Most = i.Now, i.Now }

// drift adds what the item shows now to what it may report.
func (i *Instant) drift() {
	i.Least &= i.Now
	i.Most |= i.Now
}

// over reports whether it has been decided how the wait ends.
func (w *Wait) over() bool { return w.Fired || w.Canceled }

// lookAtOnce shows the wait the state at this instant.
func (w *Wait) lookAtOnce(s *State) {
	decided, fires := w.over(), false
	for i := range w.Items {
		item := &w.Items[i]
		if item.Settled {
			continue
		}
		item.Now = s.Signals(s.Objects[item.Object])
		if decided {
			item.drift()
		} else {
			item.stand()
		}
		if item.Now&item.WaitFor != 0 { // T-ONE
			item.Settled, fires = true, true
		}
	}
	w.Fired = w.Fired || fires && !decided
}

// cancelAtOnce ends the waits on a handle, before its close has any effect.
func (w *Wait) cancelAtOnce(serial uint64) {
	decided := w.over()
	for i := range w.Items {
		item := &w.Items[i]
		if item.Serial != serial || item.Gone {
			continue
		}
		item.Gone, w.Canceled = true, w.Canceled || !decided
		switch {
		case item.Settled:
		case decided: // the wait may have returned before
			item.Most |= handle.HandleClosed
		default:
			item.Now |= handle.HandleClosed
			item.stand()
		}
		item.Settled = true
	}
}

// answersAtOnce is the one answer that the wait may return with now.
func (w *Wait) answersAtOnce() []trace.Want {
	st := status.ErrTimedOut
	switch {
	case w.Fired:
		st = status.OK
	case w.Canceled:
		st = status.ErrCanceled
	case w.Never:
		return nil
	}
	return []trace.Want{w.want(st, func(i Item) trace.SignalWant { return between(i.Least, i.Most) })}
}
