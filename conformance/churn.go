package conformance

import (
	"fmt"
	"slices"

	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// churn makes duplicates of a handle, one after the other, and closes each.
// It ends with OK and their number, with the status of a call that fails, or
// with ALREADY_EXISTS if a value was given out twice: so many handles are not
// enough for that (X-STALE).
func (pl *plan) churn() (r trace.Result) {
	values := make([]handle.Handle, 0, pl.call.Count)
	for range pl.call.Count {
		h, err := pl.p.Duplicate(pl.h, handle.SameRights)
		if err == nil {
			values = append(values, h)
			err = pl.p.Close(h)
		}
		if answer(&r, err); r.Status != status.OK || r.Unsupported != "" {
			return r
		}
	}
	given := slices.Clone(values)
	slices.Sort(values)
	for i := 1; i < len(values); i++ {
		if twice := values[i]; twice == values[i-1] {
			first := slices.Index(given, twice)
			again := slices.Index(given[first+1:], twice) + 1
			return trace.Result{Status: status.ErrAlreadyExists,
				Note: fmt.Sprintf("the value %d was given out again after %d handles", twice, again)}
		}
	}
	return trace.Result{N: pl.call.Count}
}
