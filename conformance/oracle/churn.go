package oracle

import (
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// churn makes duplicates of a handle, one after the other, and closes each.
// All are alike, so one shows what they come to; that their values differ is
// for whoever has values (X-STALE).
func (s *State) churn(c *trace.Call) trace.Want {
	const name = " " // no handle of a case is called that
	if c.Count == 0 {
		return trace.Want{Status: status.OK}
	}
	want := s.duplicate(&trace.Call{H: c.H, Rights: handle.SameRights, Out: []string{name}})
	if want.Status != status.OK {
		return want
	}
	s.observe(nil)
	s.drop(name, s.Handles[name])
	delete(s.Handles, name)
	return trace.Want{Status: status.OK, N: c.Count}
}
