package handle

import "mx.example/status"

// Close closes a handle. Waits on it are canceled (T-CANCEL). If it was the
// last one to its object, the object's own end follows (X-LAST).
//
// BAD_HANDLE (X-CLOSE): h is not a handle of this table. In [Zircon] closing
// [Invalid] is no error.
func (t *Table) Close(h Handle) error {
	e := t.Lookup(h)
	if e == nil {
		if t.Hooked() {
			return t.toldClose(h)
		}
		if h == Invalid && t.rules.closeInvalid {
			return nil
		}
		return t.NoHandle()
	}
	o := e.object
	e.Lock()
	if !e.Live() {
		e.Unlock()
		return status.ErrBadHandle
	}
	last := o.header().handles == 1
	t.vacate(e, last)
	cancelLocked(e)
	if last {
		o.Closed()
	} else {
		changed(o) // LAST_HANDLE may have risen
	}
	e.Unlock()
	if p, ok := o.(*port); ok && last {
		p.endOperations()
	}
	return nil
}

// Duplicate makes another handle to the same object, with rights that are a
// subset of those of h, or with [SameRights] the same ones (X-SAME). An empty
// set is a subset.
//
// BAD_HANDLE: h is not a handle of this table. ACCESS_DENIED (X-DUP): h lacks
// RightDuplicate. INVALID_ARGS (X-DUP-RIGHTS): r is no subset. NO_MEMORY
// (X-FULL): the table is full, or its memory limit reached.
func (t *Table) Duplicate(h Handle, r Rights) (Handle, error) {
	e := t.Lookup(h)
	if e == nil {
		if t.Hooked() {
			return t.toldDuplicate(h, r)
		}
		return Invalid, t.NoHandle()
	}
	if e.rights&RightDuplicate == 0 {
		return Invalid, status.ErrAccessDenied
	}
	r, ok := e.narrow(r)
	if !ok {
		return Invalid, status.ErrInvalidArgs
	}
	o := e.object
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return Invalid, status.ErrBadHandle
	}
	d, err := t.Insert(o, r, 0)
	if err == nil {
		changed(o) // LAST_HANDLE may have fallen
	}
	return d, err
}

// Replace gives the object a new handle in place of h, with rights that are a
// subset of those of h, or with [SameRights] the same ones. It needs no right,
// and the old value is dead afterwards (X-REPLACE). Waits on the old handle are
// canceled (T-CANCEL).
//
// BAD_HANDLE: h is not a handle of this table. INVALID_ARGS
// (X-REPLACE-RIGHTS): r is no subset; h stays valid, but in [Zircon] it is
// closed. NO_MEMORY (X-REPLACE): the table is full, or its memory limit
// reached, since the new handle is made before the old one ends; h stays valid.
func (t *Table) Replace(h Handle, r Rights) (Handle, error) {
	e := t.Lookup(h)
	if e == nil {
		if t.Hooked() {
			return t.toldReplace(h, r)
		}
		return Invalid, t.NoHandle()
	}
	r, ok := e.narrow(r)
	if !ok {
		if t.rules.replaceConsumes {
			if err := t.Close(h); err != nil {
				return Invalid, err
			}
		}
		return Invalid, status.ErrInvalidArgs
	}
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return Invalid, status.ErrBadHandle
	}
	return t.renew(e, r)
}

// Transfer moves a handle to another table: it leaves this one and appears in
// dst at one instant, with a new value and the same rights (X-TRANSFER). The
// object's LAST_HANDLE does not change meanwhile. Waits on the old handle are
// canceled (T-CANCEL). Into its own table it acts as Replace with
// [SameRights].
//
// BAD_HANDLE: h is not a handle of this table. ACCESS_DENIED: h lacks
// RightTransfer. NOT_SUPPORTED (E-OWNER): dst has another edition. NO_MEMORY
// (X-FULL): dst is full, or its memory limit reached. On failure h stays
// valid.
func (t *Table) Transfer(h Handle, dst *Table) (Handle, error) {
	e := t.Lookup(h)
	if e == nil {
		if t.Hooked() {
			return t.toldTransfer(h, dst)
		}
		return Invalid, t.NoHandle()
	}
	if e.rights&RightTransfer == 0 {
		return Invalid, status.ErrAccessDenied
	}
	dst.check()
	dst = dst.real()
	if dst.edition != t.edition {
		return Invalid, status.ErrNotSupported
	}
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return Invalid, status.ErrBadHandle
	}
	if dst == t {
		return t.renew(e, e.rights)
	}
	settling.Lock()
	t.mu.Lock()
	dst.mu.Lock()
	ok := dst.reserve(1, 0)
	var moved Handle
	if ok {
		t.remove(e)
		t.forget()
		moved = dst.place(e.object, e.rights)
	}
	dst.mu.Unlock()
	t.mu.Unlock()
	settling.Unlock()
	if !ok {
		return Invalid, status.ErrNoMemory
	}
	cancelLocked(e)
	return moved, nil
}

// renew makes another handle to the same object, and then ends e. The object's
// lock is held, so that nobody sees what is in between; nor does [Table.Handles],
// since the table changes once.
func (t *Table) renew(e *Entry, r Rights) (Handle, error) {
	h := t.exchange(e, r)
	if h == Invalid {
		return Invalid, status.ErrNoMemory
	}
	cancelLocked(e)
	return h, nil
}

// exchange puts a new handle into the table, with the rights r, and takes e out
// of it. It returns Invalid if there was no room for both.
func (t *Table) exchange(e *Entry, r Rights) Handle {
	if t.memory.limited {
		settling.Lock() // as in vacate
		defer settling.Unlock()
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.reserve(1, 0) {
		return Invalid
	}
	h := t.place(e.object, r)
	t.remove(e)
	t.forget()
	return h
}

// narrow is the rights that a request for r comes to, if e allows it
// (X-DUP-RIGHTS, X-SAME, X-REPLACE-RIGHTS).
func (e *Entry) narrow(r Rights) (Rights, bool) {
	if r == SameRights {
		return e.rights, true
	}
	return r, r&^e.rights == 0
}

// Info tells what h refers to, and with which rights (X-INFO). It needs no
// right.
//
// BAD_HANDLE: h is not a handle of this table.
func (t *Table) Info(h Handle) (Info, error) {
	e := t.Lookup(h) // the instant at which the call takes effect
	if e == nil {
		if t.Hooked() {
			return t.toldInfo(h)
		}
		return Info{}, t.NoHandle()
	}
	return e.info(), nil
}

// CloseAll closes every handle in the table, as the end of a process does.
// Handles that other calls make meanwhile may stay.
func (t *Table) CloseAll() {
	t.check()
	entries := *t.real().entries.Load()
	for i := range entries {
		if e := entries[i].Load(); e != nil {
			_ = t.Close(Handle(e.value.Load())) // it may be gone already, which is as well
		}
	}
}
