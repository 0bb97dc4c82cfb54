package clause_test

import (
	"slices"
	"strings"
	"testing"

	"mx.example/conformance/clause"
	"mx.example/handle"
)

// ids are those of the contract, written down a second time: a clause that is
// lost, doubled, renamed or out of order shows.
const ids = `
E-OWNER
O-ORDER O-ATOMIC O-LINEAR
C-OPTIONS C-FRESH C-RIGHTS C-KOID C-CAPACITY C-NO-MEMORY
L-ACCOUNT
W-NULL W-OPTIONS-EARLY W-HANDLE W-RIGHTS W-TYPE W-OPTIONS W-HALF-SIZE
W-PEER-CLOSED W-BAD-STATE W-ZERO W-HUGE W-FULL W-DGRAM-TOO-BIG W-DGRAM-ATOMIC
W-NO-MEMORY W-STREAM-SHORT W-FAULT W-ACTUAL W-ORDER
H-READING H-DIRECTION H-TWICE H-AFTER-CLOSE H-DRAIN H-SIGNALS H-BOTH
R-NULL R-OPTIONS R-HANDLE R-RIGHTS R-TYPE R-QUERY R-HUGE R-CLOSED R-ENDED
R-EMPTY R-ZERO R-STREAM R-DGRAM R-AFTER-CLOSE R-PEEK R-FAULT
X-CLOSE X-LAST X-DUP X-DUP-RIGHTS X-SAME X-FULL X-REPLACE X-REPLACE-RIGHTS
X-STALE X-TABLE X-TRANSFER X-INFO
S-READABLE S-WRITABLE S-PEER-CLOSED S-LAST-HANDLE S-USER S-RIGHT S-PEER
S-PEER-NONE S-NONE
T-RIGHT T-ONE T-OBSERVED T-TIMEOUT T-CANCEL T-NONE T-MANY T-MANY-BAD
T-UNWAITABLE
P-CREATE P-RIGHTS P-QUEUE P-LIMIT P-WAIT P-ONCE P-REPEATING P-SOURCE P-CANCEL
P-CLOSE-SOURCE P-CLOSE-PORT P-FULL
Z-DISPOSITION Z-DISABLED Z-ENABLE Z-GONE Z-THRESHOLD Z-INFO`

func TestTableIsComplete(t *testing.T) {
	var got []string
	for _, c := range clause.All() {
		got = append(got, c.ID)
	}
	if want := strings.Fields(ids); !slices.Equal(got, want) {
		for _, id := range want {
			if !slices.Contains(got, id) {
				t.Errorf("%s is missing", id)
			}
		}
		t.Errorf("the ids are\n%q\nwant\n%q", got, want)
	}
}

func TestClausesAreFilledIn(t *testing.T) {
	groups := make(map[string]bool)
	for _, g := range clause.Groups() {
		if groups[g.Letter] || g.Title == "" || g.String() != g.Letter+": "+g.Title {
			t.Errorf("group %q", g)
		}
		groups[g.Letter] = false
	}
	titles := make(map[string]string)
	for _, c := range clause.All() {
		if c.Title == "" || c.Text == "" {
			t.Errorf("%s: the title or the text is empty", c.ID)
		}
		if !strings.HasSuffix(c.Text, ".") {
			t.Errorf("%s: the text is not a sentence: %q", c.ID, c.Text)
		}
		if group := c.ID[:1]; c.Group != group {
			t.Errorf("%s: the group is %q", c.ID, c.Group)
		}
		if _, ok := groups[c.Group]; !ok {
			t.Errorf("%s: the group %q has no title", c.ID, c.Group)
		}
		groups[c.Group] = true
		if other, ok := titles[c.Group+c.Title]; ok {
			t.Errorf("%s and %s of one group have one title, %q", other, c.ID, c.Title)
		}
		titles[c.Group+c.Title] = c.ID

		var editions []string
		for _, r := range c.Editions {
			editions = append(editions, r.Edition)
			if r.Says == "" || c.Says(r.Edition) != r.Says {
				t.Errorf("%s: %s says %q", c.ID, r.Edition, r.Says)
			}
		}
		if !slices.Equal(editions, clause.Editions()) {
			t.Errorf("%s: the editions are %q", c.ID, editions)
		}
	}
	for letter, used := range groups {
		if !used {
			t.Errorf("group %s has no clause", letter)
		}
	}
}

func TestGroupsAreInOrder(t *testing.T) {
	var letters []string
	for _, c := range clause.All() {
		letters = append(letters, c.Group)
	}
	letters = slices.Compact(letters)
	var want []string
	for _, g := range clause.Groups() {
		want = append(want, g.Letter)
	}
	if !slices.Equal(letters, want) {
		t.Errorf("clauses come in the groups %q, want %q", letters, want)
	}
}

func TestSaysByEdition(t *testing.T) {
	c, ok := clause.Lookup("H-DIRECTION")
	if !ok {
		t.Fatal("H-DIRECTION is missing")
	}
	manual, kernel := c.Says(handle.Manual.String()), c.Says(handle.Kernel2017.String())
	if !strings.HasPrefix(manual, "inbound") || !strings.HasPrefix(kernel, "outbound") {
		t.Errorf("manual says %q, kernel2017 %q", manual, kernel)
	}
	for _, e := range handle.Editions() {
		if c.Says(e.String()) == "" {
			t.Errorf("the edition %v has no column", e)
		}
	}
	if says := c.Says("magenta"); says != "" {
		t.Errorf("an edition that there is none of says %q", says)
	}
}

func TestNeeds(t *testing.T) {
	late := map[string]clause.Need{
		"W-OPTIONS-EARLY": clause.Zircon,
		"R-PEEK":          clause.Zircon,
		"T-UNWAITABLE":    clause.Ports,
		"S-NONE":          clause.Ports,
	}
	for _, c := range clause.All() {
		want := late[c.ID]
		switch c.Group {
		case "P":
			want = clause.Ports
		case "Z":
			want = clause.Zircon
		}
		if c.Needs != want {
			t.Errorf("%s needs %q, want %q", c.ID, c.Needs, want)
		}
	}
}

func TestLookup(t *testing.T) {
	for _, c := range clause.All() {
		if got, ok := clause.Lookup(c.ID); !ok || got.Text != c.Text {
			t.Errorf("Lookup(%q) = %q, %v", c.ID, got.ID, ok)
		}
	}
	if c, ok := clause.Lookup("w-full"); !ok || c.ID != "W-FULL" {
		t.Errorf("Lookup(w-full) = %q, %v", c.ID, ok)
	}
	if c, ok := clause.Lookup("W-NUL"); ok {
		t.Errorf("Lookup(W-NUL) found %q", c.ID)
	}
	if got := clause.Near("W-STREAM-SHRT"); !slices.Equal(got, []string{"W-STREAM-SHORT"}) {
		t.Errorf("Near(W-STREAM-SHRT) = %q", got)
	}
	if got := clause.Near("nothing like an id"); got != nil {
		t.Errorf("Near(nothing like an id) = %q", got)
	}
}

func TestAllIsTheCallersOwn(t *testing.T) {
	clause.All()[0].ID = "changed"
	if got := clause.All()[0].ID; got != "E-OWNER" {
		t.Errorf("a caller changed the table: the first id is %q", got)
	}
}
