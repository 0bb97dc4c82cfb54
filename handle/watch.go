package handle

import (
	"math/bits"
	"sync/atomic"
)

// A watch is what an object knows of its observers. It is made for the first
// one and stays with the object. All but taken is guarded by the object's lock.
//
// A change of signals visits only observers that it concerns. Each signal has
// a lane with two lists. An observer that waits for a signal to rise is on the
// list "rises" of each signal that it wants, and one that wants to hear of
// every change while the signal is asserted is on "levels". Whoever is visited
// is taken off all lists, and puts itself back if it has not heard enough. So
// a change costs the observers that act on it, at most 32 lanes, and the one
// observer that is on no list.
type watch struct {
	last  Signals // what the observers were told last
	bits  Signals // those that have a lane
	n     int     // how many observers there are
	turns uint64  // counts those that have come; each has the turn at which it came
	first lane    // of a list; bit is 0 while it is unused
	// alone is an observer that is armed and on no list: each change looks at
	// it. Most objects have no other.
	alone *observer

	due     *operation // to be fired by the change under way, linked by follow
	rose    Signals    // by the change under way
	resting *waiter    // kept for the next WaitOne at the object

	// taken has the repeating operations whose packets were taken, linked by
	// follow. Taking a packet holds the lock of the port, which comes after
	// that of the object; so the operation waits here until somebody with the
	// object's lock arms it again ([watch.rearm]). Every change of signals
	// does that first, so none is missed.
	taken atomic.Pointer[operation]
}

// A lane is what there is to know of one signal of an object.
type lane struct {
	bit Signals
	// fell is the number of observers that had come when the signal last
	// fell. An observer with a turn up to that has seen the signal asserted,
	// since each comes before it falls (T-OBSERVED).
	fell          uint64
	rises, levels *link
	next          *lane
}

// A link puts an observer on a list of a lane.
type link struct {
	ob   *observer
	next *link
	prev **link
}

// lane returns the lane of a signal.
func (w *watch) lane(bit Signals) *lane {
	l := &w.first
	for l.bit != bit {
		if l.bit == 0 {
			l.bit = bit
			w.bits |= bit
			break
		}
		if l.next == nil {
			l.next = &lane{}
		}
		l = l.next
	}
	return l
}

// An observer is an object's link to something that wants to hear of its
// signals. It is on the list of a handle, and while it is armed on the lists
// of the signals that it wants.
type observer struct {
	hold
	header *Header // of the object
	wanted Signals
	turn   uint64 // of the observers of this object, in the order of their coming
	levels bool   // as arm was told
	links  []link // on the lists, while it is armed and not alone
}

// begin makes ob an observer of the object of e, whose header is h, and whose
// signals are now. It is not armed yet. The object's lock is held.
func (ob *observer) begin(e *Entry, h *Header, wanted, now Signals) *watch {
	w := h.watch
	if w == nil {
		w = new(watch)
		h.watch = w
	}
	if w.n == 0 {
		w.last = now
		h.bits |= watched
	}
	w.n++
	w.turns++
	ob.header, ob.wanted, ob.turn = h, wanted, w.turns
	ob.attach(e)
	return w
}

// leave ends what begin began. The object's lock is held.
func (ob *observer) leave() {
	ob.disarm()
	ob.detach()
	h := ob.header
	if h.watch.n--; h.watch.n == 0 {
		h.bits &^= watched
	}
}

// arm has ob told of the next rise of a signal that it wants, or with levels of
// the next change that leaves one asserted. The object's lock is held.
func (ob *observer) arm(levels bool) {
	w := ob.header.watch
	ob.levels = levels
	switch {
	case ob.wanted == 0:
	case w.alone == nil:
		w.alone = ob
	default:
		ob.enlist(w)
	}
}

// enlist puts ob on the list of each signal that it wants.
func (ob *observer) enlist(w *watch) {
	if n := bits.OnesCount32(uint32(ob.wanted)); cap(ob.links) < n {
		ob.links = make([]link, 0, n)
	}
	for m := ob.wanted; m != 0; m &= m - 1 {
		n := len(ob.links)
		ob.links = ob.links[:n+1]
		ob.links[n].push(w.lane(m&-m), ob)
	}
}

// disarm undoes arm, if ob is armed. The object's lock is held.
func (ob *observer) disarm() {
	if w := ob.header.watch; w.alone == ob {
		w.alone = nil
		return
	}
	for i := range ob.links {
		ob.links[i].unlink()
	}
	ob.links = ob.links[:0]
}

func (k *link) push(l *lane, ob *observer) {
	list := &l.rises
	if ob.levels {
		list = &l.levels
	}
	next := *list
	k.ob, k.next, k.prev = ob, next, list
	if next != nil {
		next.prev = &k.next
	}
	*list = k
}

// unlink also clears k, which may be kept with its observer: it must keep no
// other alive.
func (k *link) unlink() {
	*k.prev = k.next
	if k.next != nil {
		k.next.prev = k.prev
	}
	*k = link{}
}

// Changed hands the signals of the object, whose own state is s, to whatever
// waits for them. Whoever changes the state of an object calls it before
// releasing the lock, for each state that the object passes through, so that no
// pulse is missed (T-ONE); where the object is not [Header.Watched], or none of
// its signals has changed, the call may be left out.
//
// It costs as much as there is to do: observers that the change does not
// concern are not looked at.
func (h *Header) Changed(s Signals) {
	if h.Watched() {
		h.watch.changed(h.signals(s))
	}
}

func (w *watch) changed(s Signals) {
	was := w.last
	if s == was {
		return
	}
	w.last, w.rose = s, s&^was
	if w.taken.Load() != nil {
		w.rearm()
	}
	if ob := w.alone; ob != nil && s&ob.wanted != 0 && (ob.levels || s&^was&ob.wanted != 0) {
		w.alone = nil
		ob.holder.signaled(s)
	}
	for m := was &^ s &^ w.bits; m != 0; m &= m - 1 {
		w.lane(m & -m)
	}
	for l := &w.first; l != nil; l = l.next {
		switch {
		case s&l.bit != 0:
			if was&l.bit == 0 && l.rises != nil {
				visit(&l.rises, s)
			}
			if l.levels != nil {
				visit(&l.levels, s)
			}
		case was&l.bit != 0:
			l.fell = w.turns
		}
	}
	if w.due != nil {
		w.fireDue(s)
	}
}

// visit disarms and tells all on the list.
func visit(list **link, s Signals) {
	for *list != nil {
		ob := (*list).ob
		ob.disarm()
		ob.holder.signaled(s)
	}
}

// observed returns every signal that was asserted at some instant since ob
// came, but for those of the first one (T-OBSERVED).
func (w *watch) observed(ob *observer) Signals {
	s := w.last
	for l := &w.first; l != nil; l = l.next {
		if l.fell >= ob.turn {
			s |= l.bit
		}
	}
	return s
}
