package mutants

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/explore"
	"mx.example/conformance/trace"
)

// Without a mutant the toy is right.
func TestToy(t *testing.T) {
	conformance.Test(t, backend{})
	calls := uint64(10_000)
	if os.Getenv("MXCONFORM_LONG") != "" {
		calls = 30_000
	}
	synctest.Test(t, func(t *testing.T) {
		r := explore.Random(t.Context(), []conformance.Backend{backend{}}, explore.RandomOptions{Seed: 1, Calls: calls})
		for _, b := range r.Backends {
			for _, f := range b.Failures {
				t.Errorf("%s: %s\n%s", b.Name, f.Detail, f.Text)
			}
		}
	})
}

// TestMutants looks for a case that fails for every mutant, and for a
// difference on random paths for those that somebody thought of. With -v it
// prints the table of what kills what:
//
//	MXCONFORM_LONG=1 go test -v -run TestMutants ./conformance/mutants
//
// Without MXCONFORM_LONG it takes the shorter way: it looks at every eighth
// mutant, explores few, and leaves out the changes that make no difference.
func TestMutants(t *testing.T) {
	all := mutants()
	long := os.Getenv("MXCONFORM_LONG") != ""
	rows := make([]string, len(all))
	explored := make(map[string]bool)
	t.Run("mutant", func(t *testing.T) {
		for i := range all {
			f := &all[i]
			explores := f.thoughtOf && unexplored[f.text] == "" &&
				(long || !explored[f.clause] && !late[f.text] && len(explored)%8 == 0)
			explored[f.clause] = true
			if !long && (f.same != "" || i%8 != 0) {
				continue
			}
			t.Run(f.text, func(t *testing.T) {
				t.Parallel()
				killer := firstCase(t, f)
				switch {
				case killer == "" && f.same == "":
					t.Errorf("%s: no case fails when %s", f.clause, f.text)
				case killer != "" && f.same != "":
					t.Errorf("%s: %s is said to make no difference (%s), but %s fails", f.clause, f.text, f.same, killer)
				}
				calls := unexplored[f.text]
				if explores {
					calls = firstCalls(t, f)
				}
				rows[i] = fmt.Sprintf("%-95s %-16s %-50s %s", f.text, f.clause, killer+f.same, calls)
			})
		}
	})
	t.Logf("%d mutants\n%s", len(all), strings.Join(rows, "\n"))
}

// firstCase is the first case that the mutant fails: of those about its clause,
// or else of the others; short ones come first.
func firstCase(t *testing.T, f *mutant) (name string) {
	cases := conformance.Cases()
	slices.SortStableFunc(cases, func(x, y trace.Case) int {
		return cmp.Compare(length(&x, f.clause), length(&y, f.clause))
	})
	// In a bubble nobody waits for a wait that does not return.
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(patience)
		for i := range cases {
			for _, e := range (backend{}).Editions() {
				if r := conformance.RunCase(t.Context(), backend{f}, e, &cases[i]); r.Outcome.Bad() {
					name = cases[i].Name
					return
				}
			}
		}
	})
	return name
}

// length is how long a case takes, roughly, with those about the clause ahead.
func length(c *trace.Case, clause string) int {
	n := len(c.Steps)
	for i := range c.Steps {
		call := &c.Steps[i].Call
		if call.Op == trace.OpPump {
			n += 1000
		}
		n += int(call.Count / 100)
	}
	if !slices.Contains(c.Clauses, clause) {
		n += 10000
	}
	return n
}

// firstCalls is how many explored calls show the mutant, to the power of ten.
func firstCalls(t *testing.T, f *mutant) (calls string) {
	most := uint64(100_000)
	if late[f.text] {
		most = 1_000_000
	}
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(patience)
		for n := uint64(1000); n <= most; n *= 10 {
			o := explore.RandomOptions{Seed: 1, Calls: n}
			if !explore.Random(t.Context(), []conformance.Backend{backend{f}}, o).OK() {
				calls = fmt.Sprint("within ", n)
				return
			}
		}
		t.Errorf("%s: %d random calls do not show that %s", f.clause, most, f.text)
	})
	return calls
}

// patience is more than any case waits for: what was given up has ended then.
const patience = 24 * time.Hour
