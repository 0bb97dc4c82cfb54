package handle

// A hold is something that goes on through a handle and ends with it: a wait,
// or an operation of a port. It is on the list of its entry, so that closing a
// handle costs what goes on through that handle, whatever else goes on at its
// object.
//
// The fields are guarded by the lock of the object while the hold is on a
// list, and belong to its owner at other times.
type hold struct {
	holder holder // immutable
	entry  *Entry
	next   *hold
	prev   **hold // what points to this hold; nil while it is on no list
}

// A holder is what a hold is part of.
type holder interface {
	// signaled is called under the object's lock when a change of the
	// object's signals, which are s now, concerns what the holder has armed
	// itself for. It is disarmed by then.
	signaled(s Signals)
	// handleGone is called under the object's lock when the handle has left
	// its table. The holder leaves the list.
	handleGone()
}

// attach puts the hold on the list of e. The object's lock is held.
func (hd *hold) attach(e *Entry) {
	hd.entry = e
	hd.next, hd.prev = e.holds, &e.holds
	if hd.next != nil {
		hd.next.prev = &hd.next
	}
	e.holds = hd
}

// detach takes the hold off the list, which it must be on.
func (hd *hold) detach() {
	*hd.prev = hd.next
	if hd.next != nil {
		hd.next.prev = hd.prev
	}
	hd.next, hd.prev = nil, nil
}

// attached reports whether the hold is on a list.
func (hd *hold) attached() bool { return hd.prev != nil }

// cancelLocked ends what goes on through a handle that has just left its table
// (T-CANCEL, P-CLOSE-SOURCE).
func cancelLocked(e *Entry) {
	for e.holds != nil {
		e.holds.holder.handleGone()
	}
	e.object.Canceled(e)
}
