package handle

import (
	"errors"
	"strconv"
	"strings"

	"mx.example/status"
	"mx.example/status/near"
)

// A Reason is what [Why] finds: an error that says more than a status, in which
// errors.Is and errors.As still find that.
type Reason struct {
	Call   string
	Status status.Status
	// Handle is the one that was refused, or Invalid if it was not a handle that
	// was. Has and Missing are its rights, and those that the call needs besides;
	// where any one of Missing would do there are several.
	Handle       Handle
	Has, Missing Rights
	// Clause is the clause of the contract that says so, such as W-RIGHTS, or "".
	Clause string
	Text   string // the reason in words
	err    error
}

// Error returns the call, the status, the reason and the clause.
func (r *Reason) Error() string {
	text := r.Call + ": " + r.Status.Error() + ": " + r.Text
	if r.Clause != "" {
		text += " (" + r.Clause + ")"
	}
	return text
}

// Unwrap returns the error that Why was asked about.
func (r *Reason) Unwrap() error { return r.err }

// Why tells why a call failed: which right was missing, which check refused, and
// by which clause. err is what the call returned, call its name, such as "Write"
// or "Duplicate", and args what it was given after the table, as far as known: of
// those that matter, handles, rights, signals, a table, options and a buffer.
// Why(t, nil, …) is nil; otherwise the result is a *[Reason] that wraps err, also
// where there is nothing to tell:
//
//	if n, err := mxsocket.Write(t, h, 0, p); err != nil {
//		return handle.Why(t, err, "Write", h, uint32(0), p)
//	}
//
// It makes the checks of the call once more, in their order, and names the first
// that comes to the status. What it finds is as it is now: a handle may have been
// closed, and room may have come, since the call failed. If no check fails any
// more it says so. It has no effect, costs nothing before it is called, and may be
// called at any time.
func Why(t *Table, err error, call string, args ...any) error {
	t.check()
	if err == nil {
		return nil
	}
	r := &Reason{Call: call, err: err}
	if !errors.As(err, &r.Status) {
		r.Status, r.Text = status.ErrInternal, "not a status: "+err.Error()
		return r
	}
	t = t.real()
	a := readArgs(args)
	rule := callRule(call)
	if rule == nil {
		r.Text = "there is no call of this name"
		if found := near.Names(call, callNames()); found != nil {
			r.Text += "; near it: " + strings.Join(found, ", ")
		}
		return r
	}
	if !t.refusedHandle(r, rule, &a) && !t.refusedRest(r, &a) {
		r.Text = "none of what it checks would refuse it now: something has changed since, or Why was not told all arguments"
	}
	return r
}

// CallArgs are what a call was given, as far as [Why] was told.
type CallArgs struct {
	Handles      []Handle
	Rights       Rights
	Signals      Signals // all of them together
	Table        *Table
	Options      uint32
	Size         uint64 // of the buffer
	KnownOptions bool
	KnownSize    bool
}

func readArgs(args []any) (a CallArgs) {
	for _, x := range args {
		switch x := x.(type) {
		case Handle:
			a.Handles = append(a.Handles, x)
		case []WaitItem:
			for _, item := range x {
				a.Handles = append(a.Handles, item.Handle)
			}
		case Rights:
			a.Rights = x
		case Signals:
			a.Signals |= x
		case *Table:
			a.Table = x.real()
		case []byte:
			a.Size, a.KnownSize = uint64(len(x)), true
		case uint32:
			if !a.KnownOptions {
				a.Options, a.KnownOptions = x, true
			}
		case int: // a constant without a type
			if !a.KnownOptions {
				a.Options, a.KnownOptions = uint32(x), true
			}
		}
	}
	return a
}

// refusedHandle looks whether one of the handles is what the status is about.
func (t *Table) refusedHandle(r *Reason, rule *callNeeds, a *CallArgs) bool {
	for i, h := range a.Handles {
		n := rule.handle(i)
		e := t.Lookup(h)
		if e == nil {
			if r.Status == status.ErrBadHandle || r.Status == status.ErrCanceled {
				r.Handle, r.Clause, r.Text = h, rule.clause(n.badHandle), t.whyBadHandle(h)
				return true
			}
			continue
		}
		needs := Rights(0)
		if n.right != nil {
			needs = n.right(t.rules)
		}
		switch class := e.object.header().class; {
		case r.Status == status.ErrWrongType && n.typ != "" && n.typ != plain(class.Type):
			r.Text = "it needs a " + n.typ
			r.Clause = n.typeClause
		case r.Status == status.ErrAccessDenied && needs != 0 && e.rights&needs == 0:
			r.Missing, r.Clause = needs&^e.rights, n.rightClause
			r.Text = "it needs " + strings.ReplaceAll(r.Missing.String(), "|", " or ")
		case r.Status == status.ErrNotSupported && n.waits && class.Unwaitable:
			r.Text, r.Clause = "nothing can wait for "+article(class.Type), "T-UNWAITABLE"
		default:
			continue
		}
		r.Handle, r.Has = h, e.rights
		r.Text += ", and " + e.describe(h) + " with " + e.rights.String()
		return true
	}
	return false
}

// plain is the name of a type without its edition.
func plain(t Type) string {
	if t == TypeZirconPort {
		t = TypePort
	}
	return t.String()
}

// article is plain with its article.
func article(t Type) string {
	if t == TypeEvent {
		return "an event"
	}
	return "a " + plain(t)
}

// describe tells which handle it is, and to what.
func (e *Entry) describe(h Handle) string {
	hd := e.object.header()
	b := appendHandle(nil, h)
	b = append(append(b, " is "...), article(hd.class.Type)...)
	return string(appendKoid(b, hd.koid, hd.label()))
}

// whyBadHandle tells what became of a value that is no handle.
func (t *Table) whyBadHandle(h Handle) string {
	text := string(appendHandle(nil, h))
	t.mu.Lock()
	known := t.wasGiven(h)
	t.mu.Unlock()
	switch {
	case h == Invalid:
		return "0 is never a handle"
	case known:
		return text + " was a handle of " + string(t.appendLabel(nil)) + ", and was closed, replaced or transferred"
	default:
		return text + " never was a handle of " + string(t.appendLabel(nil)) + " (it may be one of another table)"
	}
}

// refusedRest looks whether the other arguments, or the state, are what the
// status is about.
func (t *Table) refusedRest(r *Reason, a *CallArgs) bool {
	switch r.Status {
	case status.ErrTimedOut:
		r.Text, r.Clause = "its deadline passed", "T-TIMEOUT"
		return true
	case status.ErrCanceled:
		r.Text, r.Clause = "its handle was closed, replaced or transferred while it waited, or its context ended", "T-CANCEL"
		return true
	}
	if len(a.Handles) == 0 {
		return r.Status == status.ErrNoMemory && t.whyNoMemory(r, "C-NO-MEMORY")
	}
	e := t.Lookup(a.Handles[0])
	if e == nil {
		return false
	}
	switch r.Call {
	case "Duplicate", "Replace":
		if over := a.Rights &^ e.rights; r.Status == status.ErrInvalidArgs && over != 0 {
			r.Clause = map[string]string{"Duplicate": "X-DUP-RIGHTS", "Replace": "X-REPLACE-RIGHTS"}[r.Call]
			r.Text = over.String() + " was asked for, and " + e.describe(a.Handles[0]) + " with " + e.rights.String()
			r.Handle, r.Has = a.Handles[0], e.rights
			return true
		}
		return r.Status == status.ErrNoMemory && t.whyNoMemory(r, "X-FULL")
	case "Transfer":
		if dst := a.Table; dst != nil && dst.edition != t.edition && r.Status == status.ErrNotSupported {
			r.Text, r.Clause = "the other table is of the edition "+dst.edition.String()+", and this one of "+t.edition.String(), "E-OWNER"
			return true
		}
		return a.Table != nil && r.Status == status.ErrNoMemory && a.Table.whyNoMemory(r, "X-FULL")
	case "Signal", "SignalPeer":
		return e.whySignal(r, a)
	}
	if x, ok := e.object.(Explained); ok {
		e.Lock()
		defer e.Unlock()
		r.Clause, r.Text = x.Explain(r.Call, r.Status, a)
	}
	return r.Text != ""
}

// Explained is an object that can tell why a call of its own failed.
type Explained interface {
	Object
	// Explain returns the clause and the reason in words why the call came to
	// the status, if it would do so now, or twice "". It is called under the lock.
	Explain(call string, st status.Status, a *CallArgs) (clause, text string)
}

func (e *Entry) whySignal(r *Reason, a *CallArgs) bool {
	hd := e.object.header()
	peered, ok := e.object.(Peered)
	switch {
	case r.Status == status.ErrInvalidArgs && a.Signals&^hd.class.Settable != 0:
		r.Text, r.Clause = "no program may set "+(a.Signals&^hd.class.Settable).String()+" of "+article(hd.class.Type), "S-USER"
	case r.Status == status.ErrNotSupported && r.Call == "Signal" && hd.class.Unwaitable:
		r.Text, r.Clause = article(hd.class.Type)+" has no signals", "S-NONE"
	case r.Status == status.ErrNotSupported && r.Call == "SignalPeer" && !ok:
		r.Text, r.Clause = article(hd.class.Type)+" has no peer", "S-PEER-NONE"
	case r.Status == status.ErrPeerClosed && ok:
		e.Lock()
		gone := peered.Peer() == nil
		e.Unlock()
		if gone {
			r.Text, r.Clause = "the peer koid "+strconv.FormatUint(uint64(hd.related()), 10)+" is gone", "S-PEER"
		}
	}
	return r.Text != ""
}

// whyNoMemory tells which limit of the table is reached.
func (t *Table) whyNoMemory(r *Reason, clause string) bool {
	live := t.count()
	b := append(t.appendLabel(nil), ": "...)
	b = strconv.AppendInt(append(b, "it holds "...), int64(live), 10)
	b = append(strconv.AppendInt(append(b, " of "...), int64(t.limit), 10), " handles"...)
	if t.memory.limited {
		b = strconv.AppendUint(append(b, ", and "...), t.memory.used.Load(), 10)
		b = append(strconv.AppendUint(append(b, " of "...), t.memory.limit, 10), " bytes"...)
	}
	r.Text, r.Clause = string(b), clause
	return true
}

// wasGiven reports whether h is, or was before the slot began to count its
// generations anew, a handle of the table. The lock of the table is held.
func (t *Table) wasGiven(h Handle) bool {
	if uint32(h)&(1<<t.fixed-1) != 1<<t.fixed-1 {
		return false
	}
	raw := (uint32(h)>>(t.fixed&31) - t.salt) * unscatter & t.mask
	i := raw & indexMask
	return i < t.used && raw>>indexBits < t.places[i].gen()
}
