package clause_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"mx.example/conformance/clause"
)

var commit = regexp.MustCompile(`^[0-9a-f]{40}$`)

// checkSource refuses a source in which something is left out.
func checkSource(t *testing.T, id string, s clause.Source) {
	t.Helper()
	if !slices.Contains(clause.Editions(), s.Edition) {
		t.Errorf("%s: a source of the edition %q, which there is not", id, s.Edition)
	}
	if !strings.Contains(s.File, "/") || !strings.Contains(s.File, ".") || s.Where == "" || !strings.Contains(s.Repository, "/") {
		t.Errorf("%s: a source without a repository, a file or a place in it: %+v", id, s)
	}
	if !commit.MatchString(s.Commit) {
		t.Errorf("%s: %s has no commit", id, s.File)
	}
	if s.Edition == "manual" && strings.HasPrefix(s.File, "docs/") != strings.HasSuffix(s.File, ".md") {
		t.Errorf("%s: %s is no page", id, s.File)
	}
}

// TestClausesHaveSources wants a source of each clause for every edition.
func TestClausesHaveSources(t *testing.T) {
	for _, c := range clause.All() {
		cited := make(map[string]bool)
		for _, s := range c.Sources {
			checkSource(t, c.ID, s)
			cited[s.Edition] = true
		}
		for _, e := range clause.Editions() {
			if !cited[e] {
				t.Errorf("%s has no source for %s", c.ID, e)
			}
		}
	}
}

// TestPins holds the pins against the sources: what an edition stands for is
// where its clauses are from.
func TestPins(t *testing.T) {
	pins := clause.Pins()
	for i, e := range clause.Editions() {
		if i >= len(pins) || pins[i].Edition != e || pins[i].Says == "" {
			t.Fatalf("the pins are %+v", pins)
		}
		used := false
		for _, c := range clause.All() {
			for _, s := range c.Sources {
				used = used || s.Edition == e && s.Commit == pins[i].Commit
				if e != "zircon" && s.Edition == e && s.Commit != pins[i].Commit {
					t.Errorf("%s cites %v, another commit than that of %s", c.ID, s, e)
				}
			}
		}
		if !used {
			t.Errorf("no clause is from %s, which %s stands for", pins[i].Commit, e)
		}
	}
}

func TestSourceString(t *testing.T) {
	c, _ := clause.Lookup("W-FULL")
	want := "docs/syscalls/socket_write.md, ERRORS, MX_ERR_SHOULD_WAIT, at 20fa265d99e9"
	if got := c.Sources[0].String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDeparturesAreFilledIn(t *testing.T) {
	seen := make(map[string]bool)
	for _, d := range clause.Departures() {
		if !strings.HasPrefix(d.ID, "D-") || seen[d.ID] {
			t.Errorf("the id %q", d.ID)
		}
		seen[d.ID] = true
		if d.Title == "" || d.Kernel == "" || d.Here == "" || d.Why == "" || len(d.Editions) == 0 || len(d.Clauses) == 0 || len(d.Sources) == 0 {
			t.Errorf("%s: something is left out", d.ID)
		}
		cited := make(map[string]bool)
		for _, s := range d.Sources {
			checkSource(t, d.ID, s)
			cited[s.Edition] = true
		}
		for _, e := range d.Editions {
			// The manual is silent about all of these, so its kernel decides.
			if !slices.Contains(clause.Editions(), e) || e != "manual" && !cited[e] {
				t.Errorf("%s has no source for %s", d.ID, e)
			}
		}
		for _, id := range d.Clauses {
			if c, ok := clause.Lookup(id); !ok || c.ID != id {
				t.Errorf("%s is near %s, which is no clause", d.ID, id)
			}
		}
		if got, ok := clause.LookupDeparture(strings.ToLower(d.ID)); !ok || got.ID != d.ID {
			t.Errorf("LookupDeparture(%s in small letters) = %q, %v", d.ID, got.ID, ok)
		}
	}
	for _, d := range clause.DeparturesNear("R-DGRAM") {
		if d.ID != "D-PHANTOM" {
			t.Errorf("%s is near R-DGRAM", d.ID)
		}
	}
	if len(clause.DeparturesNear("R-DGRAM")) != 1 || clause.DeparturesNear("W-NULL") != nil {
		t.Error("the departures near R-DGRAM and W-NULL are wrong")
	}
}

// TestTextsNameWhatThereIs finds an id in the prose of the table that is none.
func TestTextsNameWhatThereIs(t *testing.T) {
	ids := regexp.MustCompile(`\b[A-Z]-[A-Z][A-Z-]*[A-Z]\b`)
	check := func(of, text string) {
		for _, id := range ids.FindAllString(text, -1) {
			if !clause.Known(id) {
				t.Errorf("%s speaks of %s, which is neither a clause nor a departure", of, id)
			}
		}
	}
	for _, c := range clause.All() {
		check(c.ID, c.Text+" "+c.Ours)
		for _, r := range c.Editions {
			check(c.ID, r.Says)
		}
	}
	for _, d := range clause.Departures() {
		check(d.ID, d.Kernel+" "+d.Here+" "+d.Why)
	}
}
