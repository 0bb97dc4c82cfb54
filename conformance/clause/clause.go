package clause

import (
	"slices"
	"strings"

	"mx.example/status/near"
)

// A Clause is one rule of the contract.
type Clause struct {
	ID    string // stable, such as W-STREAM-SHORT
	Group string // the letter that the id begins with; see [Groups]
	Title string // the rule in a few words
	Text  string // the rule in full, with its place in the order of checks
	// Editions says what comes of it in each edition, in the order of
	// [Editions], one reading each. An edition that has no such call or
	// option says so.
	Editions []Reading
	Sources  []Source // where each edition can be looked up; several for one
	Ours     string   // what this project decides for itself, or ""
	Needs    Need     // what must exist before the rule can be tried
}

// A Reading is what one edition says on a clause.
type Reading struct {
	Edition string // as handle.Edition prints it
	Says    string
}

// A Need is the part of the contract that a clause only means something in.
type Need string

const (
	// Nothing beyond sockets, events, handles, signals and waits.
	Nothing Need = ""
	// Ports are the objects of the group P, and the clauses about objects
	// that cannot be waited for.
	Ports Need = "ports"
	// Zircon marks what exists in the edition of that name only.
	Zircon Need = "zircon"
)

// A Group is a letter with the subject of the clauses that begin with it.
type Group struct {
	Letter string
	Title  string
}

func (g Group) String() string { return g.Letter + ": " + g.Title }

// Says returns what the edition of that name says on the clause, or "" if
// there is no such edition.
func (c Clause) Says(edition string) string {
	for _, r := range c.Editions {
		if r.Edition == edition {
			return r.Says
		}
	}
	return ""
}

// Editions returns the names of the editions, the default first.
func Editions() []string { return []string{"manual", "kernel2017", "zircon"} }

// Groups returns the groups in the order of the contract.
func Groups() []Group {
	return []Group{
		{"E", "Editions"},
		{"O", "Order and atomicity"},
		{"C", "Create"},
		{"L", "Limits"},
		{"W", "Write"},
		{"H", "Half close"},
		{"R", "Read"},
		{"X", "Handles"},
		{"S", "Signals"},
		{"T", "Waiting"},
		{"P", "Ports"},
		{"Z", "Zircon only"},
	}
}

// All returns every clause in the order of the contract, which is the order
// of the groups and, inside W and R, that of the checks. The slice is the
// caller's; the readings in it are shared.
func All() []Clause { return slices.Clone(table) }

// Lookup returns the clause of that id, in any case of letters.
func Lookup(id string) (Clause, bool) {
	i, ok := place[strings.ToUpper(id)]
	if !ok {
		return Clause{}, false
	}
	return table[i], true
}

// Known reports whether id is that of a clause or of a departure: what a case
// may say that it covers.
func Known(id string) bool {
	_, isClause := Lookup(id)
	_, isDeparture := LookupDeparture(id)
	return isClause || isDeparture
}

// Near returns the ids of clauses and departures that a misspelled one may
// stand for, the likeliest first, or nil.
func Near(id string) []string {
	var ids []string
	for _, c := range table {
		ids = append(ids, c.ID)
	}
	for _, d := range departures {
		ids = append(ids, d.ID)
	}
	return near.Names(strings.ToUpper(id), ids)
}

var table = func() []Clause {
	t := slices.Concat(editions, order, create, limits, write, halfClose, read, handles, signals, waiting, ports, zircon)
	for i := range t {
		t[i].Group, _, _ = strings.Cut(t[i].ID, "-")
	}
	return t
}()

var place = func() map[string]int {
	m := make(map[string]int, len(table))
	for i, c := range table {
		m[c.ID] = i
	}
	return m
}()

// all is what every edition says.
func all(says string) []Reading { return each(says, says, says) }

// since is what both editions of 2017 say, and what zircon does.
func since(in2017, zircon string) []Reading { return each(in2017, in2017, zircon) }

// each is what the three editions say, one by one.
func each(says ...string) []Reading {
	var r []Reading
	for i, edition := range Editions() {
		r = append(r, Reading{edition, says[i]})
	}
	return r
}
