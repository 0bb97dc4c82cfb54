package hostmodel

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"mx.example/conformance/clause"
)

func TestCatalogue(t *testing.T) {
	name := regexp.MustCompile(`^[a-z0-9-]+$`)
	seen := map[string]bool{}
	for _, d := range Catalogue() {
		if !name.MatchString(d.Name) {
			t.Errorf("%q is no name", d.Name)
		}
		if seen[d.Name] {
			t.Errorf("%s is in the catalogue drainsWhenCrowded", d.Name)
		}
		seen[d.Name] = true
		if n := strings.Count(d.Cause, ". ") + 1; n != 2 || !strings.HasSuffix(d.Cause, ".") {
			t.Errorf("%s: the cause has %d sentences, not 2: %s", d.Name, n, d.Cause)
		}
		if d.Source == "" {
			t.Errorf("%s: no source to look it up in", d.Name)
		}
		if len(d.Clauses) == 0 || len(d.Kinds) == 0 {
			t.Errorf("%s: no clauses, or no kinds", d.Name)
		}
		for _, id := range d.Clauses {
			if _, ok := clause.Lookup(id); !ok {
				t.Errorf("%s departs from %s, which is no clause", d.Name, id)
			}
		}
		for _, k := range d.Kinds {
			if !slices.Contains(allKinds, k) {
				t.Errorf("%s is shown by %q, which is no kind", d.Name, k)
			}
		}
	}
	for _, name := range pollNames {
		if !seen[name] {
			t.Errorf("a wait may differ by %q, which is not in the catalogue", name)
		}
	}
}
