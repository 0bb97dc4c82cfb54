package main

import (
	"encoding/json"
	"strings"
	"testing"

	"mx.example/conformance/clause"
)

// TestChanges holds the document against the table that it is made from: every
// clause stands in it, once, as changed or as it was.
func TestChanges(t *testing.T) {
	b := everyday(t)
	var items []struct{ ID, Manual, Kernel2017, Zircon string }
	if err := json.Unmarshal([]byte(b.do(t, 0, "list", "clauses", "-changed", "-format", "json")), &items); err != nil {
		t.Fatal(err)
	}
	changed := make(map[string]bool)
	for _, i := range items {
		if i.Manual == i.Zircon && i.Kernel2017 == i.Zircon {
			t.Errorf("%s has not changed", i.ID)
		}
		changed[i.ID] = true
	}
	text := b.do(t, 0, "list", "clauses", "-changed")
	_, same, _ := strings.Cut(text, "As it was")
	for _, c := range clause.All() {
		if differs := c.Says("zircon") != c.Says("manual") || c.Says("zircon") != c.Says("kernel2017"); differs != changed[c.ID] {
			t.Errorf("%s: among the changes: %t", c.ID, changed[c.ID])
		}
		if changed[c.ID] != strings.Contains(text, "  "+c.ID+": ") {
			t.Errorf("%s: changed: %t, and in the text: %t", c.ID, changed[c.ID], !changed[c.ID])
		}
		if !changed[c.ID] && !strings.Contains(same, c.ID) {
			t.Errorf("%s is not among those that are as they were", c.ID)
		}
	}
	wantAll(t, text, "Half close", "by the manual: inbound of h ends", "OUT_OF_RANGE", "WRITE_DISABLED (1)")
	b.do(t, 2, "list", "cases", "-changed")
}
