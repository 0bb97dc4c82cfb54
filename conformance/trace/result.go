package trace

import (
	"strconv"

	"mx.example/status"
)

// OK reports whether there is such a call and it succeeded.
func (r *Result) OK() bool { return r.Status == status.OK && r.Unsupported == "" }

// Want is the answer that allows r and nothing else, so that a recorded run
// can be written as a case: what [Want.Match] compares is as it was. koids
// names the objects in the answer of an OpInfo; see [Koids.Info]. It may be
// nil for all other calls.
func (r *Result) Want(c *Call, koids *Koids) Want {
	w := Want{Status: r.Status}
	if x := c.result(); x.in(r.Status) {
		x.exactly(&w, c, r, koids)
	}
	return w
}

// shownBytes is how many bytes of a read a report shows.
const shownBytes = 64

// Text is the result for a reader: as an answer of a case, but with koids as
// numbers, long data cut short, and the error number and the backend's note in
// parentheses, such as "SHOULD_WAIT (EAGAIN)".
func (r *Result) Text(c *Call) string {
	if r.Unsupported != "" {
		return string(r.appendAside([]byte("unsupported"), r.Unsupported))
	}
	var b []byte
	ok := r.Status == status.OK
	if x := c.result(); ok && x.in(r.Status) && x.show != nil {
		b = x.show([]byte("OK "), r)
	} else {
		w := r.Want(c, nil)
		b = w.append(nil, c, true)
	}
	if x := c.result(); !ok && !(x != nil && x.always) {
		if r.N != 0 {
			b = appendUint(b, " with a count of ", r.N)
		}
		if len(r.Data) != 0 {
			b = appendShown(append(b, " with data "...), r.Data)
		}
		if r.Touched {
			b = append(b, " and the actual count changed"...)
		}
	}
	if r.Errno != 0 {
		return string(r.appendAside(b, errnoName(r.Errno)))
	}
	return string(r.appendAside(b, ""))
}

// appendAside writes what stands in parentheses: about, and the note.
func (r *Result) appendAside(b []byte, about string) []byte {
	switch {
	case about == "" && r.Note == "":
		return b
	case about == "":
		about = r.Note
	case r.Note != "":
		about += "; " + r.Note
	}
	b = append(b, " ("...)
	b = append(b, about...)
	return append(b, ')')
}

func appendShown(b []byte, p []byte) []byte {
	d := DataOf(p)
	if d.Kind == Literal && len(p) > shownBytes {
		b = strconv.AppendQuote(b, d.Text[:shownBytes])
		return append(appendUint(b, "... (", uint64(len(p))), " bytes)"...)
	}
	return d.append(b)
}
