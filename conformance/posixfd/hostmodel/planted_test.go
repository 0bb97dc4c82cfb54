package hostmodel

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"syscall"
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// planted are situations, with answers planted in them and what each must be
// taken for. The file says how it is written.
//
//go:embed testdata/planted.txt
var planted string

const (
	right       = "right"       // the contract allows it
	unexplained = "unexplained" // it has no name
)

// A plant is an answer planted in a situation.
type plant struct {
	line  int
	kind  string
	kinds []string // of the row
	in    handle.Edition
	setup []string // the calls before, as lines of a case
	call  string
	given string // the answer
	// name is the predicate that the row is about. outside says that the answer
	// lies just outside its cause, so that it must have no name.
	name    string
	outside bool
}

func (p *plant) verdict() string {
	if p.outside {
		return unexplained
	}
	return p.name
}

// plants reads the table: one plant for each kind, edition and answer.
func plants(t *testing.T) (all []plant) {
	t.Helper()
	var kinds, setup []string
	var editions []handle.Edition
	var call string
	for i, line := range strings.Split(planted, "\n") {
		text, fail := strings.TrimSpace(line), func(why string) { t.Fatalf("planted.txt:%d: %s: %q", i+1, why, line) }
		switch {
		case text == "" || text[0] == '#':
		case strings.HasPrefix(text, "on "):
			words, in, _ := strings.Cut(text[3:], " in ")
			kinds, setup, call = strings.Fields(words), nil, ""
			if words == "all" {
				kinds = Kinds()
			}
			editions = []handle.Edition{handle.Manual, handle.Kernel2017}
			if in != "" {
				e, err := handle.ParseEdition(in)
				if err != nil {
					fail(err.Error())
				}
				editions = []handle.Edition{e}
			}
		case strings.HasPrefix(text, "? "):
			call = text[2:]
		case call == "":
			setup = append(setup, text)
		default:
			given, name, found := strings.Cut(text, "=>")
			if !found {
				fail("expected ANSWER => NAME, or ANSWER => not NAME")
			}
			name, outside := strings.CutPrefix(strings.TrimSpace(name), "not ")
			for _, kind := range kinds {
				for _, e := range editions {
					all = append(all, plant{i + 1, kind, kinds, e, slices.Clip(setup), call, strings.TrimSpace(given), name, outside})
				}
			}
		}
	}
	return all
}

// TestPlantedAnswers holds every predicate of the catalogue against answers that
// it describes and against answers just outside its cause, in the same judge
// that the suite uses. With -v it prints the table.
func TestPlantedAnswers(t *testing.T) {
	if testing.Verbose() {
		t.Log("| predicate | on | after | call | planted answer | verdict |\n|---|---|---|---|---|---|")
	}
	last := 0
	for _, p := range plants(t) {
		got, why := p.judge(t)
		if got != p.verdict() {
			t.Errorf("planted.txt:%d: %s:%s: %s -> %s: %s, want %s %s", p.line, p.kind, p.in, p.call, p.given, got, p.verdict(), why)
		}
		if testing.Verbose() && p.line != last {
			last = p.line
			t.Logf("| %s | %s | %s | %s | %s | %s |", p.name, strings.Join(p.kinds, " "), strings.Join(p.setup, "; "), p.call, p.given, got)
		}
	}
}

// TestEveryPredicateHasPlantedAnswers fails if a predicate has no answer that it
// describes, or none just outside its cause, on one of its kinds.
func TestEveryPredicateHasPlantedAnswers(t *testing.T) {
	type place struct {
		name, kind string
		outside    bool
	}
	there := map[place]bool{}
	for _, p := range plants(t) {
		if p.name != right && !slices.ContainsFunc(Catalogue(), func(d conformance.Divergence) bool { return d.Name == p.name && d.Match != nil }) {
			t.Errorf("planted.txt:%d: there is no predicate %q", p.line, p.name)
		}
		there[place{p.name, p.kind, p.outside}] = true
	}
	for _, d := range Catalogue() {
		for _, kind := range d.Kinds {
			if d.Match == nil {
				continue
			}
			if !there[place{d.Name, kind, false}] {
				t.Errorf("no planted answer on %s is %s", kind, d.Name)
			}
			if !there[place{d.Name, kind, true}] {
				t.Errorf("no planted answer on %s is just outside the cause of %s", kind, d.Name)
			}
		}
	}
}

// judge carries out the setup, plants the answer and says what it is taken for.
func (p *plant) judge(t *testing.T) (verdict, why string) {
	t.Helper()
	mode := "stream"
	if KeepsBoundaries(p.kind) {
		mode = "datagram"
	}
	lines := append(slices.Clone(p.setup), p.call+" -> "+p.given)
	given := make([]syscall.Errno, len(lines)) // a case has statuses in their place
	touched := strings.HasSuffix(p.given, " touched")
	for i := range lines {
		call, e, ok := strings.Cut(strings.TrimSuffix(lines[i], " touched"), " -> ")
		if ok && errnos[e] != 0 {
			given[i] = errnos[e]
			lines[i] = call + " -> " + failing(errnos[e]).Status.Bare()
		}
	}
	text := "case planted\n" + strings.ReplaceAll(strings.Join(lines, "\n"), "create MODE", "create "+mode) + "\n"
	cases, err := trace.Parse(fmt.Sprintf("planted.txt:%d", p.line), strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	b := &scripted{kind: p.kind}
	f, err := conformance.Follow(b, p.in)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	steps := cases[0].Steps
	sleeping := map[string]chan trace.Result{}
	for i := range steps {
		st := &steps[i]
		last := i == len(steps)-1
		if st.Kind == trace.Start {
			sleeping[st.Actor] = b.sleep()
		} else {
			switch {
			case given[i] != 0:
				if b.next = failing(given[i]); last && touched {
					b.next.N, b.next.Data = 1, []byte{0}
				}
			case len(st.Want) > 0:
				b.next = resultOf(&st.Want[0])
			default:
				b.next = contracts(t, f.State, st)
			}
		}
		if ch := sleeping[st.Actor]; st.Kind == trace.Finish {
			ch <- b.next
		}
		if last {
			st.Want = nil // the line plants an answer, and asks about all of it
		}
		o := f.Step(st)
		switch {
		case last && o == conformance.Pass:
			return right, ""
		case last && o == conformance.Differs:
			return f.Name, ""
		case last && o == conformance.Unexplained:
			return unexplained, f.Why
		case last:
			return string(o), f.Why
		case o != conformance.Pass && o != conformance.Differs:
			t.Fatalf("planted.txt:%d: %s:%s: the setup: %s: %s %s", p.line, p.kind, p.in, st.Call.String(), o, f.Why)
		}
	}
	return "", ""
}

// contracts is the answer that the contract gives to a step.
func contracts(t *testing.T, s *oracle.State, st *trace.Step) trace.Result {
	t.Helper()
	var allowed []oracle.Outcome
	if st.Kind == trace.Finish {
		allowed = s.Finish(st.Actor)
	} else {
		allowed = oracle.Step(s, &st.Call)
	}
	if len(allowed) == 0 {
		t.Fatalf("%s never returns", st.Call.String())
	}
	return resultOf(&allowed[0].Want)
}
