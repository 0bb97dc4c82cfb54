package trace

import (
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
	got := *r // r itself stays on the stack of whoever made the call
	return "wanted " + w.Text(c) + ", got " + got.Text(c) + w.detail(c, &got)
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
	got := *r
	return "wanted " + strings.Join(texts, " or ") + ", got " + got.Text(&s.Call)
}

func (w *Want) matches(c *Call, r *Result) bool {
	if r.Unsupported != "" || r.Status != w.Status {
		return false
	}
	x := c.result()
	moved := r.N != 0 || len(r.Data) != 0
	if r.Status != status.OK && (r.Touched || moved && !(x != nil && x.always)) {
		return false
	}
	return !x.in(r.Status) || x.equal(w, c, r)
}

// detail is what the eye may miss in two answers that differ.
func (w *Want) detail(c *Call, r *Result) string {
	if x := c.result(); r.Unsupported == "" && r.Status == w.Status && x.in(r.Status) && x.differs != nil {
		return x.differs(w, r)
	}
	return ""
}
