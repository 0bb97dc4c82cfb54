package view_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/conformance/posixfd"
	"mx.example/conformance/trace"
	"mx.example/conformance/view"
	"mx.example/handle"
)

func TestMain(m *testing.M) {
	posixfd.ServeChild()
	os.Exit(m.Run())
}

// parse makes a case of lines of calls.
func parse(t *testing.T, calls string) *trace.Case {
	t.Helper()
	cases, err := trace.Parse("test.mx", strings.NewReader("case test\n\n"+calls+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	return &cases[0]
}

func record(t *testing.T, c *trace.Case, b conformance.Backend, e handle.Edition) *view.Run {
	t.Helper()
	r, err := view.Record(t.Context(), c, b, e)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// suiteCase is a case of the suite.
func suiteCase(t *testing.T, name string) *trace.Case {
	t.Helper()
	all := conformance.Cases()
	i := slices.IndexFunc(all, func(c trace.Case) bool { return c.Name == name })
	if i < 0 {
		t.Fatalf("the suite has no case %s", name)
	}
	return &all[i]
}

// kind is a kind of descriptor. The test is skipped where it is not there.
func kind(t *testing.T, name string) conformance.Backend {
	t.Helper()
	all := posixfd.Backends()
	b := all[slices.IndexFunc(all, func(b conformance.Backend) bool { return b.Name() == name })]
	if err := b.Available(); err != nil {
		t.Skip(err)
	}
	return b
}

// A place is a state, with what had become of the bytes by then.
type place struct {
	view.State
	Arrived       []view.Range
	Lost, Dropped []view.Span
}

// after is the state of a direction after the first n steps.
func after(r *view.Run, direction, n int) place {
	s := view.State{Direction: direction}
	for _, step := range r.Steps[:n] {
		for _, st := range step.States {
			if st.Direction == direction {
				s = st
			}
		}
	}
	return placeOf(r, s)
}

func placeOf(r *view.Run, s view.State) place {
	d := &r.Directions[s.Direction]
	p := place{State: s, Lost: first(d.Lost, s.Lost), Dropped: first(d.Dropped, s.Dropped)}
	left := s.Arrived
	for _, a := range d.Arrived {
		if n := min(left, a.Len()); n > 0 {
			p.Arrived = append(p.Arrived, view.Range{a[0], a[0] + n})
			left -= n
		}
	}
	return p
}

// first returns the spans that have the first n bytes.
func first(spans []view.Span, n uint64) (list []view.Span) {
	for _, s := range spans {
		if s.Range.Len() > n {
			break
		}
		n -= s.Range.Len()
		list = append(list, s)
	}
	return list
}

// last is the state of a direction in the end.
func last(r *view.Run, direction int) place { return after(r, direction, len(r.Steps)) }

func ranges(list ...uint64) (out []view.Range) {
	for i := 0; i < len(list); i += 2 {
		out = append(out, view.Range{list[i], list[i+1]})
	}
	return out
}

// TestShortWrite follows the eleven bytes through the five.
func TestShortWrite(t *testing.T) {
	r := record(t, suiteCase(t, "walkthrough-short-write"), inproc.Backend(), handle.Manual)
	if len(r.Directions) != 2 || r.Directions[0].Capacity != 5 || r.Outcome != "pass" || r.Backend != "mx:manual" {
		t.Fatalf("%+v", r)
	}
	if want := []view.Message{{At: 0, Length: 11, Label: `"HELLO-WORLD"`, Chars: "HELLO-WORLD"}}; !reflect.DeepEqual(r.Directions[0].Transcript, want) {
		t.Errorf("the transcript is %+v", r.Directions[0].Transcript)
	}
	for i, want := range []struct {
		offset, accepted uint64
		status           string
		write            *view.Attempt
		waiting, arrived []view.Range
		pending          string
	}{
		{0, 0, "OK", nil, nil, nil, ""},
		{5, 5, "OK", &view.Attempt{Range: view.Range{0, 11}, Asked: 11, Taken: 5, Text: `"HELLO-WORLD"`}, ranges(0, 5), nil, `"-WORLD"`},
		{5, 5, "SHOULD_WAIT", &view.Attempt{Range: view.Range{5, 11}, Asked: 6, Text: `"-WORLD"`}, ranges(0, 5), nil, `"-WORLD"`},
		{5, 5, "OK", nil, nil, ranges(0, 5), `"-WORLD"`},
		{10, 10, "OK", &view.Attempt{Range: view.Range{5, 11}, Asked: 6, Taken: 5, Text: `"-WORLD"`}, ranges(5, 10), ranges(0, 5), `"D"`},
		{10, 10, "OK", nil, nil, ranges(0, 10), `"D"`},
		{11, 11, "OK", &view.Attempt{Range: view.Range{10, 11}, Asked: 1, Taken: 1, Text: `"D"`}, ranges(10, 11), ranges(0, 10), ""},
		{11, 11, "OK", nil, nil, ranges(0, 11), ""},
		{11, 11, "SHOULD_WAIT", nil, nil, ranges(0, 11), ""},
	} {
		step, s := r.Steps[i], after(r, 0, i+1)
		pending := ""
		if s.Pending != nil {
			pending = s.Pending.Text
		}
		if s.Offset != want.offset || s.Accepted != want.accepted || step.Status != want.status || pending != want.pending {
			t.Errorf("step %d: offset %d, accepted %d, status %s, pending %s; want %+v", i+1, s.Offset, s.Accepted, step.Status, pending, want)
		}
		if !slices.Equal(s.Waiting, want.waiting) || !slices.Equal(s.Arrived, want.arrived) {
			t.Errorf("step %d: waiting %v, arrived %v; want %v and %v", i+1, s.Waiting, s.Arrived, want.waiting, want.arrived)
		}
		if !reflect.DeepEqual(step.Write, want.write) {
			t.Errorf("step %d: wrote %+v, want %+v", i+1, step.Write, want.write)
		}
		if len(s.Lost) > 0 || len(s.Dropped) > 0 {
			t.Errorf("step %d: lost %v, dropped %v", i+1, s.Lost, s.Dropped)
		}
	}
	if got := r.Steps[3].Read; !reflect.DeepEqual(got, &view.Delivery{Room: 5, Count: 5, Ranges: ranges(0, 5), Text: `"HELLO"`}) {
		t.Errorf("the first read got %+v", got)
	}
}

// TestNaive labels the tail that the naive writer leaves behind, at the step
// at which it does so and not before.
func TestNaive(t *testing.T) {
	r := record(t, suiteCase(t, "naive-writer-loses-the-tail"), inproc.Backend(), handle.Manual)
	if s := after(r, 0, 2); len(s.Lost) != 0 || s.Pending == nil || s.Pending.Range != (view.Range{5, 11}) {
		t.Errorf("after the write: %+v", s)
	}
	want := []view.Span{{Range: view.Range{5, 11}, Text: `"-WORLD"`}}
	for n := 3; n <= len(r.Steps); n++ {
		if s := after(r, 0, n); !slices.Equal(s.Lost, want) || s.Pending != nil || s.Offset != 5 {
			t.Errorf("after step %d: %+v", n, s)
		}
	}
	if s := last(r, 0); !slices.Equal(s.Arrived, ranges(0, 5)) || s.Ended != "a is closed" {
		t.Errorf("in the end: %+v", s)
	}
}

// TestSignals shows them rise and fall, and end with their object.
func TestSignals(t *testing.T) {
	r := record(t, suiteCase(t, "naive-writer-loses-the-tail"), inproc.Backend(), handle.Manual)
	var got []string
	for i, s := range r.Steps {
		for _, seen := range s.Observed {
			text := strings.Join(seen.Signals, " ")
			if seen.Gone {
				text = "gone"
			}
			got = append(got, string('1'+rune(i))+" "+r.Objects[seen.Object].Name+": "+text)
		}
	}
	want := []string{
		"1 a: WRITABLE LAST_HANDLE", "1 b: WRITABLE LAST_HANDLE",
		"2 a: LAST_HANDLE", "2 b: READABLE WRITABLE LAST_HANDLE",
		"3 a: gone", "3 b: READABLE PEER_CLOSED LAST_HANDLE",
		"4 b: PEER_CLOSED LAST_HANDLE",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestActors has a lane for each actor, the case's own first.
func TestActors(t *testing.T) {
	r := record(t, suiteCase(t, "walkthrough-wait-for-writable"), inproc.Backend(), handle.Manual)
	if !slices.Equal(r.Actors, []string{"", "w"}) {
		t.Errorf("actors %q", r.Actors)
	}
	if s := r.Steps[2]; s.Kind != "start" || s.Actor != "w" || s.Got != "" || s.Status != "" {
		t.Errorf("the start is %+v", s)
	}
	if s := r.Steps[4]; s.Kind != "finish" || s.Status != "OK" || s.Answer != "OK WRITABLE LAST_HANDLE" {
		t.Errorf("the finish is %+v", s)
	}
}

// TestDescriptors records what a descriptor does otherwise, with the name and
// the cause of it.
func TestDescriptors(t *testing.T) {
	r := record(t, suiteCase(t, "naive-writer-loses-the-tail"), kind(t, posixfd.UnixStream), handle.Manual)
	s := last(r, 0)
	if len(s.Lost) != 0 || !slices.Equal(s.Arrived, ranges(0, 11)) {
		t.Errorf("everything fits, and %+v", s)
	}
	if r.Directions[0].Capacity != 0 {
		t.Errorf("the room is said to be %d, which nobody knows", r.Directions[0].Capacity)
	}
	w := r.Steps[1]
	if w.Judged != "differs" || w.Divergence != "capacity-not-settable" || !slices.Equal(w.Wanted, []string{"OK 5"}) {
		t.Errorf("the write is %+v", w)
	}
	i := slices.IndexFunc(r.Named, func(n view.Named) bool { return n.Name == w.Divergence })
	if i < 0 || r.Named[i].Cause == "" || r.Named[i].Source == "" {
		t.Errorf("its cause is not told: %+v", r.Named)
	}
	if len(r.Steps[0].Observed) == 0 || r.Unseen != "" {
		t.Errorf("poll can be asked, and nothing was seen: %q", r.Unseen)
	}
}

// TestElsewhere records a case that runs in a process of its own.
func TestElsewhere(t *testing.T) {
	c := parse(t, `create stream -> OK a b
write a "hello" -> OK 5
read b 3 -> OK "hel"
close a -> OK
close a -> BAD_HANDLE`)
	r := record(t, c, kind(t, posixfd.UnixStream), handle.Manual)
	if s := last(r, 0); !slices.Equal(s.Arrived, ranges(0, 3)) || !slices.Equal(s.Waiting, ranges(3, 5)) {
		t.Errorf("%+v", s)
	}
	if r.Unseen == "" || len(r.Steps) != 5 || r.Steps[4].Status != "BAD_HANDLE" || r.Steps[4].Answer != "BAD_HANDLE" {
		t.Errorf("%+v", r)
	}
}

// TestNotThere shows the errors, and what is no error.
func TestNotThere(t *testing.T) {
	c := parse(t, "create stream -> OK a b")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := view.Record(ctx, c, inproc.Backend(), handle.Manual); !errors.Is(err, view.ErrInterrupted) {
		t.Errorf("canceled: %v", err)
	}
	away := errors.New("too old")
	if _, err := view.Record(t.Context(), c, absent{inproc.Backend(), away}, handle.Manual); !errors.Is(err, away) {
		t.Errorf("absent: %v", err)
	}
	c.Editions = []handle.Edition{handle.Zircon}
	r := record(t, c, inproc.Backend(), handle.Manual)
	if r.Outcome != "not-applicable" || len(r.Steps) != 0 || r.Left != 0 {
		t.Errorf("%+v", r)
	}
}

type absent struct {
	conformance.Backend
	why error
}

func (a absent) Available() error { return a.why }

// TestUnsupported shows a run that ended early: nothing is lost by it.
func TestUnsupported(t *testing.T) {
	c := parse(t, `create stream capacity=1 -> OK a b
write a "ab" -> OK 1
set-disposition a mine=disabled -> OK
write a "b" -> BAD_STATE`)
	r := record(t, c, noZircon{inproc.Backend()}, handle.Manual)
	if r.Outcome != "unsupported" || r.Left != 1 || len(r.Steps) != 3 {
		t.Fatalf("%+v", r)
	}
	if s := last(r, 0); s.Pending == nil || len(s.Lost) != 0 {
		t.Errorf("the writer might have gone on: %+v", s)
	}
	if s := r.Steps[2]; s.Status != "unsupported" || s.Answer != "unsupported" {
		t.Errorf("%+v", s)
	}
}

// TestCompact keeps a mebibyte small, and loses nothing as JSON.
func TestCompact(t *testing.T) {
	for _, name := range []string{"pump-one-mebibyte", "pump-both-ways-in-turn", "walkthrough-short-write"} {
		r := record(t, suiteCase(t, name), inproc.Backend(), handle.Kernel2017)
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if len(text) > 8<<10 {
			t.Errorf("%s is %d bytes", name, len(text))
		}
		var back view.Run
		if err := json.Unmarshal(text, &back); err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(&back)
		if err != nil || string(again) != string(text) {
			t.Errorf("%s comes back as something else: %v", name, err)
		}
	}
}
