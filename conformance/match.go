package conformance

import (
	"mx.example/conformance/trace"
	"mx.example/status"
)

// Match compares r, which the machine has just got for c, with an answer that
// is allowed. It is "" when r is that answer, and otherwise a line that says
// what was wanted and what came. Koids are judged in the light of all that the
// machine has seen; a match adds to that.
func (m *Machine) Match(c *trace.Call, w *trace.Want, r *trace.Result) string {
	if why := w.Match(c, r); why != "" {
		return why
	}
	if c.Op == trace.OpInfo && r.Status == status.OK {
		return m.koids.Check(&w.Info, &r.Info)
	}
	return ""
}

// Text is the result for a reader, see [trace.Result.Text], with the names of
// objects for koids where the machine knows them: the same in every run.
func (m *Machine) Text(c *trace.Call, r *trace.Result) string {
	if c.Op == trace.OpInfo && r.Status == status.OK && r.Unsupported == "" && r.Note == "" {
		w := r.Want(c, &m.koids)
		return w.Text(c)
	}
	return r.Text(c)
}
