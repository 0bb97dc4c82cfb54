package wrong

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/trace"
)

// Without a fault the toy is right.
func TestToy(t *testing.T) { conformance.Test(t, backend{}) }

// TestWrongSockets looks for a case that fails for every fault. With -v it
// prints the table of what kills what.
func TestWrongSockets(t *testing.T) {
	all := faults()
	rows := make([]string, len(all))
	t.Run("fault", func(t *testing.T) {
		for i := range all {
			f := &all[i]
			t.Run(f.text, func(t *testing.T) {
				t.Parallel()
				killer := firstCase(t, f)
				switch {
				case killer == "" && f.same == "":
					t.Errorf("%s: no case fails when %s", f.clause, f.text)
				case killer != "" && f.same != "":
					t.Errorf("%s: %s is said to make no difference (%s), but %s fails", f.clause, f.text, f.same, killer)
				}
				rows[i] = fmt.Sprintf("%-95s %-16s %s", f.text, f.clause, killer)
			})
		}
	})
	t.Logf("%d faults\n%s", len(all), strings.Join(rows, "\n"))
}

// firstCase is the first case that the fault fails: of those about its clause,
// or else of the others.
func firstCase(t *testing.T, f *fault) (name string) {
	cases := conformance.Cases()
	slices.SortStableFunc(cases, func(x, y trace.Case) int {
		switch a, b := slices.Contains(x.Clauses, f.clause), slices.Contains(y.Clauses, f.clause); {
		case a == b:
			return 0
		case a:
			return -1
		}
		return 1
	})
	// In a bubble nobody waits for a wait that does not return.
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(24 * time.Hour) // a case that was given up ends, at last
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
