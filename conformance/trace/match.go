package trace

import (
	"fmt"
	"strings"

	"mx.example/status"
)

// Match compares what a call returned with one answer that is allowed. It is
// "" when r is that answer, and otherwise one line, "wanted ..., got ...". A
// match allocates nothing.
//
// Every field counts that the call fills in with that status; errno and note
// never do. Of a call that failed, the count and the data must be empty and
// the word for the actual count untouched. Of a call without a good pointer for
// the actual count nobody is told the count: a write may have any, and a read
// is expected to have its whole buffer as data, of which only the first bytes
// are compared, as many as are wanted.
//
// Which koid an object has can only be judged in the light of the whole run:
// Match sees to it that there is one where one is wanted, [Koids] to the rest.
func (w *Want) Match(c *Call, r *Result) string {
	if w.matches(c, r) {
		return ""
	}
	return "wanted " + w.Text(c) + ", got " + r.Text(c) + w.detail(c, r)
}

// Match compares what the call of the step returned with its answers. It is ""
// when one of them matches, or when the step has none; see [Want.Match].
func (s *Step) Match(r *Result) string {
	if len(s.Want) == 1 {
		return s.Want[0].Match(&s.Call, r)
	}
	for i := range s.Want {
		if s.Want[i].matches(&s.Call, r) {
			return ""
		}
	}
	if len(s.Want) == 0 {
		return ""
	}
	texts := make([]string, len(s.Want))
	for i := range s.Want {
		texts[i] = s.Want[i].Text(&s.Call)
	}
	return "wanted " + strings.Join(texts, " or ") + ", got " + r.Text(&s.Call)
}

func (w *Want) matches(c *Call, r *Result) bool {
	if r.Unsupported != "" || r.Status != w.Status {
		return false
	}
	if r.Status != status.OK && (r.N != 0 || len(r.Data) != 0 || r.Touched) {
		return false
	}
	switch c.Op {
	case OpWait:
		return !observes(r.Status) || w.Signals.Matches(r.Observed)
	case OpWaitMany:
		if !observes(r.Status) {
			return true
		}
		if len(w.Pending) != len(r.Pending) {
			return false
		}
		for i := range w.Pending {
			if !w.Pending[i].Matches(r.Pending[i]) {
				return false
			}
		}
		return true
	}
	if r.Status != status.OK {
		return true
	}
	told := c.Actual == ActualGood
	if c.counts() {
		return r.N == w.N || !told
	}
	switch c.Op {
	case OpRead:
		if n := w.Data.Length(); !told && uint64(len(r.Data)) > n {
			return w.Data.Equal(r.Data[:n])
		}
		return w.Data.Equal(r.Data)
	case OpSignals:
		return w.Signals.Matches(r.Observed)
	case OpPortWait:
		return w.Packet.matches(r.Packet)
	case OpSocketInfo:
		return r.Socket == w.Socket
	case OpInfo:
		return r.Info.Type == w.Info.Type &&
			r.Info.Rights == w.Info.Rights &&
			r.Info.Waitable == w.Info.Waitable &&
			r.Info.Koid != 0 &&
			(r.Info.RelatedKoid != 0) == (w.Info.Related != "")
	}
	return true
}

// detail is what the eye may miss in two answers that differ.
func (w *Want) detail(c *Call, r *Result) string {
	if r.Unsupported != "" || r.Status != w.Status {
		return ""
	}
	switch {
	case c.Op == OpRead && r.Status == status.OK && !c.counts():
		n := w.Data.agrees(r.Data)
		if n < len(r.Data) && uint64(n) < w.Data.Length() {
			return fmt.Sprintf(" (they differ from byte %d on)", n)
		}
		return fmt.Sprintf(" (%d bytes wanted, %d got)", w.Data.Length(), len(r.Data))
	case c.Op == OpWaitMany && observes(r.Status):
		if len(w.Pending) != len(r.Pending) {
			return fmt.Sprintf(" (%d items wanted, %d got)", len(w.Pending), len(r.Pending))
		}
		for i := range w.Pending {
			if !w.Pending[i].Matches(r.Pending[i]) {
				return fmt.Sprintf(" (item %d: %v wanted, %v got)", i, w.Pending[i], signalsExactly(r.Pending[i]))
			}
		}
	case c.Op == OpInfo && r.Status == status.OK && r.Info.Koid == 0:
		return " (no object has the koid 0)"
	}
	return ""
}
