package conformance_test

import (
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/clause"
)

// TestEveryClauseHasACase wants one for every departure, too.
func TestEveryClauseHasACase(t *testing.T) {
	cases := make(map[string]int)
	for _, c := range conformance.Cases() {
		for _, id := range c.Clauses {
			cases[id]++
		}
	}
	for _, c := range clause.All() {
		if cases[c.ID] == 0 {
			t.Errorf("%s (%s) has no case", c.ID, c.Title)
		}
	}
	// What no case can say, a test of Go does.
	for _, d := range clause.Departures() {
		if cases[d.ID] == 0 && d.Test == "" {
			t.Errorf("%s (%s) has no case", d.ID, d.Title)
		}
	}
}

func TestCasesAreWhatTheySay(t *testing.T) {
	cases := conformance.Cases()
	if len(cases) < 150 {
		t.Errorf("the suite has %d cases; it had 150 when it was smallest", len(cases))
	}
	where := make(map[string]string)
	for _, c := range cases {
		if first, ok := where[c.Name]; ok {
			t.Errorf("%s:%d: there is a case %s in %s already", c.File, c.Line, c.Name, first)
		}
		where[c.Name] = c.File
		if c.Doc == "" {
			t.Errorf("%s:%d: case %s does not say what it shows", c.File, c.Line, c.Name)
		}
		if len(c.Clauses) == 0 {
			t.Errorf("%s:%d: case %s names no clause", c.File, c.Line, c.Name)
		}
		for _, id := range c.Clauses {
			if !clause.Known(id) {
				t.Errorf("%s:%d: case %s names %s, which is neither a clause nor a departure; near ones: %v",
					c.File, c.Line, c.Name, id, clause.Near(id))
			}
		}
	}
}

func TestCasesIsTheCallersSlice(t *testing.T) {
	a := conformance.Cases()
	a[0].Name = "changed"
	if conformance.Cases()[0].Name == "changed" {
		t.Error("a change to what Cases returned is seen by the next caller")
	}
}
