package conformance

import (
	"fmt"
	"slices"

	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// churn makes duplicates of a handle, one after the other, and closes each.
// It ends with OK and their number, with the status of a call that fails, with
// ALREADY_EXISTS if a value was given out twice, or with OUT_OF_RANGE if one has
// bits that no value of the edition has (X-STALE). What counts as given out is
// what the process gave before, too, dead or alive: so many handles are not
// enough for a value to come back.
func (pl *plan) churn() (r trace.Result) {
	values, err := pl.duplicates()
	if answer(&r, err); !r.OK() {
		return r
	}
	given := append(pl.given, values...)
	pl.given = given
	if pl.checkBits {
		for _, h := range given {
			if why := strangeBits(h, pl.p.edition); why != "" {
				return trace.Result{Status: status.ErrOutOfRange, Note: fmt.Sprintf("the value %d (%#x) %s", h, uint32(h), why)}
			}
		}
	}
	if h, after := givenTwice(given); after > 0 {
		return trace.Result{Status: status.ErrAlreadyExists,
			Note: fmt.Sprintf("the value %d was given out again after %d handles", h, after)}
	}
	return trace.Result{N: pl.call.Count}
}

// givenTwice returns the least of those that come twice in a list, and how much
// further on it comes again, or 0.
func givenTwice[T handle.Handle | handle.Koid](given []T) (twice T, after int) {
	sorted := slices.Clone(given)
	slices.Sort(sorted)
	for i := 1; i < len(sorted); i++ {
		if twice = sorted[i]; twice == sorted[i-1] {
			first := slices.Index(given, twice)
			return twice, slices.Index(given[first+1:], twice) + 1
		}
	}
	return 0, 0
}

// koids makes events, one after the other, and closes each. It ends with OK and
// their number, with the status of a call that fails, or with ALREADY_EXISTS if
// a koid came twice, or is that of an object of the case (C-KOID).
func (pl *plan) koids() (r trace.Result) {
	koids, err := pl.objects()
	if answer(&r, err); !r.OK() {
		return r
	}
	if slices.Contains(koids, 0) {
		return broken("an object has the koid 0")
	}
	if k, after := givenTwice(append(pl.known, koids...)); after > 0 {
		return trace.Result{Status: status.ErrAlreadyExists, Note: fmt.Sprintf("the koid %d was given out again", k)}
	}
	return trace.Result{N: pl.call.Count}
}

// objects makes the events of a koids and returns their koids, until a call
// fails.
func (pl *plan) objects() ([]handle.Koid, error) {
	if c, ok := pl.p.Process.(ObjectChurner); ok {
		if koids, err := c.ChurnObjects(pl.call.Count); err != ErrNoChurn {
			return koids, err
		}
	}
	koids := make([]handle.Koid, 0, pl.call.Count)
	for range pl.call.Count {
		h, err := pl.p.NewEvent()
		if err != nil {
			return nil, err
		}
		info, err := pl.p.Info(h)
		if err == nil {
			koids = append(koids, info.Koid)
			err = pl.p.Close(h)
		}
		if err != nil {
			return nil, err
		}
	}
	return koids, nil
}

// strangeBits says what is wrong with the bits of a value, or nothing.
func strangeBits(h handle.Handle, e handle.Edition) string {
	const lowest = 3 // set in every value of zircon
	switch {
	case int32(h) <= 0:
		return "is not positive as a signed number"
	case e == handle.Zircon && h&lowest != lowest:
		return "has not both of its lowest bits set"
	}
	return ""
}

// remember keeps the values that a process has given, as many as a value must
// not come back for.
func (p *process) remember(values ...handle.Handle) {
	p.given = append(p.given, values...)
	if n := len(p.given) - trace.MaxChurn; n > 0 {
		p.given = slices.Delete(p.given, 0, n)
	}
}

// duplicates makes the handles of a churn and returns their values, until a
// call fails.
func (pl *plan) duplicates() ([]handle.Handle, error) {
	if c, ok := pl.p.Process.(Churner); ok {
		if values, err := c.Churn(pl.h, pl.call.Count); err != ErrNoChurn {
			return values, err
		}
	}
	values := make([]handle.Handle, 0, pl.call.Count)
	for range pl.call.Count {
		h, err := pl.p.Duplicate(pl.h, handle.SameRights)
		if err == nil {
			values = append(values, h)
			err = pl.p.Close(h)
		}
		if err != nil {
			return nil, err
		}
	}
	return values, nil
}
