package trace

import (
	"strconv"
	"strings"

	"mx.example/status"
)

// A form is all that this package knows of one kind of call: parsing,
// printing, matching and [Op.Usage] follow it. The forms of all calls are in
// calls.go.
type form struct {
	word string
	args []arg // in the order in which they are printed

	// gives is how many handles the call returns when it succeeds, and so how
	// many names stand in its OK answer. first says that they are the first ones
	// to new objects.
	gives int
	first bool
	// on says which handles the call is made on.
	on on
	// result is what an answer says besides status and names; nil: nothing.
	result *result
}

// An on says which handles a call is made on.
type on uint8

const (
	onNothing on = iota
	onH          // Call.H
	onHTo        // Call.H and Call.To, each in its own table
	onHToHere    // the same, and To is a value of the table of H
	onItems      // those of Call.Items
)

// An arg is an argument of a call: a word at a fixed place, or after those a
// setting, which may stand anywhere.
type arg struct {
	// key is what a setting begins with: "until=" if a value follows, "peek" if
	// it stands alone. It is empty for a word at a fixed place.
	key  string
	what string // what is expected at a fixed place, for errors
	form string // what Usage shows for the value
	need bool   // a setting that is never left out
	or   bool   // another way to say what the setting before it says
	// read takes the value from t. list takes as many words as there are, in its
	// place.
	read func(p *parser, c *Call, t token)
	list func(p *parser, w *words, c *Call)
	// shown reports whether a setting is printed; nil: always. write prints the
	// value, which follows the key.
	shown func(c *Call) bool
	write func(b []byte, c *Call) []byte
}

// A result is what answers say besides the status. It is there in an OK, and
// of a wait also in TIMED_OUT and CANCELED.
type result struct {
	form  string // what Usage shows
	waits bool
	// always: it is there whatever the status is.
	always bool
	// read takes the words that are left into w. write prints them, each after a
	// blank.
	read  func(p *parser, words *words, c *Call, w *Want)
	write func(b []byte, w *Want) []byte
	// differs says what the eye may miss in an answer that is not the one wanted
	// (see equal); it may be nil.
	differs func(w *Want, r *Result) string
	// exactly makes w allow r and nothing else.
	exactly func(w *Want, c *Call, r *Result, koids *Koids)
	// show prints r for a reader, after "OK "; nil: as a Want.
	show func(b []byte, r *Result) []byte
}

// form returns that of the call. That of a number which is no call is empty.
func (op Op) form() *form {
	if int(op) < len(forms) {
		return &forms[op]
	}
	return &forms[0]
}

// result returns what answers to the call say, or nil. A read with a null
// pointer and size 0 has a count: it is the query in its raw form, and where
// there is none has no bytes to tell of.
func (c *Call) result() *result {
	if c.Op == OpRead && c.Buf.Kind == Null && c.Buf.Size == 0 {
		return &countResult
	}
	return c.Op.form().result
}

// in reports whether an answer with status s has the result.
func (x *result) in(s status.Status) bool {
	return x != nil && (s == status.OK || x.always || x.waits && observes(s))
}

// observes reports whether a wait that ends with s says what it observed.
func observes(s status.Status) bool {
	return s == status.OK || s == status.ErrTimedOut || s == status.ErrCanceled
}

// String is the word that a case has for the call.
func (op Op) String() string {
	if word := op.form().word; word != "" {
		return word
	}
	return "Op(" + strconv.Itoa(int(op)) + ")"
}

// Ops gives every kind of call. The slice is the caller's own.
func Ops() []Op {
	ops := make([]Op, 0, len(forms)-1)
	for op := OpTable; int(op) < len(forms); op++ {
		ops = append(ops, op)
	}
	return ops
}

// Gives is how many handles a call of this kind returns when it succeeds, and
// so how many names stand in its OK answer.
func (op Op) Gives() int { return op.form().gives }

// MakesObjects reports whether the handles that the call gives are the first
// ones to new objects.
func (op Op) MakesObjects() bool { return op.form().first }

// HasTo reports whether the call is made on a second handle, Call.To.
func (op Op) HasTo() bool { return op.form().on == onHTo || op.form().on == onHToHere }

// Usage is how a case writes the call, and what stands in the answer when it
// succeeds, such as "outstanding H" and "OK N". GRAMMAR.md says what the words
// in capitals stand for.
func (op Op) Usage() (call, answer string) {
	f := op.form()
	words := []string{op.String()}
	for i, a := range f.args {
		text := a.key + a.form
		if a.key != "" && !a.need && a.shown != nil {
			text = "[" + text + "]"
		}
		switch {
		case a.or:
		case i+1 < len(f.args) && f.args[i+1].or:
			words = append(words, "["+f.args[i+1].key+"]|"+text)
		default:
			words = append(words, text)
		}
	}
	answer = "OK" + strings.Repeat(" NAME", f.gives)
	if f.result != nil {
		answer += " " + f.result.form
	}
	return strings.Join(words, " "), answer
}

// Refs gives the handles that the call is made on, in the order of its
// arguments.
func (c *Call) Refs() []Ref {
	switch c.Op.form().on {
	case onH:
		return []Ref{c.H}
	case onHTo, onHToHere:
		return []Ref{c.H, c.To}
	case onItems:
		refs := make([]Ref, len(c.Items))
		for i := range c.Items {
			refs[i] = c.Items[i].Ref
		}
		return refs
	}
	return nil
}
