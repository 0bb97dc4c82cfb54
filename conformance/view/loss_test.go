package view_test

import (
	"fmt"
	"os"
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

// noZircon is a backend without the calls of Zircon.
type noZircon struct{ conformance.Backend }

func (b noZircon) Boot(e handle.Edition) (conformance.Kernel, error) {
	k, err := b.Backend.Boot(e)
	return plainKernel{k}, err
}

type plainKernel struct{ conformance.Kernel }

func (k plainKernel) NewProcess(l conformance.Limits) (conformance.Process, error) {
	p, err := k.Kernel.NewProcess(l)
	return struct{ conformance.Process }{p}, err
}

// told says where the bytes of a direction are in the end, in a line.
func told(s place) string {
	var parts []string
	add := func(name string, spans []view.Span) {
		for _, p := range spans {
			parts = append(parts, fmt.Sprintf("%s %d-%d %s", name, p.Range[0], p.Range[1], p.Text))
		}
	}
	for _, r := range s.Arrived {
		parts = append(parts, fmt.Sprintf("arrived %d-%d", r[0], r[1]))
	}
	for _, r := range s.Waiting {
		parts = append(parts, fmt.Sprintf("waiting %d-%d", r[0], r[1]))
	}
	if s.Pending != nil {
		add("pending", []view.Span{*s.Pending})
	}
	add("lost", s.Lost)
	add("dropped", s.Dropped)
	if s.Ended != "" {
		parts = append(parts, "ended: "+s.Ended)
	}
	return strings.Join(parts, "; ")
}

// TestLoss is the rule of what is lost, and when it is.
func TestLoss(t *testing.T) {
	const full = "write a \"abcdefg\" -> OK 5\n"
	const taken = full + "read b 9 -> OK \"abcde\"\n"
	for _, test := range []struct {
		name, calls string
		want        string // in the end; or before the last call, if that is END
	}{
		{"taken whole", `write a "ab" -> OK 2`, "waiting 0-2"},
		{"the rest follows", taken + `write a "fg" -> OK 2`, "arrived 0-5; waiting 5-7"},
		{"the rest with more to it", taken + `write a "fghi" -> OK 4`, "arrived 0-5; waiting 5-9"},
		{"a part of the rest", taken + "write a \"f\" -> OK 1\nEND", `arrived 0-5; waiting 5-6; pending 6-7 "g"`},
		{"the rest in parts", taken + "write a \"f\" -> OK 1\nwrite a \"g\" -> OK 1", "arrived 0-5; waiting 5-7"},
		{"something else follows", taken + `write a "xyz" -> OK 3`, `arrived 0-5; waiting 7-10; lost 5-7 "fg"`},
		{"all of it again", taken + "write a \"abcdefg\" -> OK 5\nEND", `arrived 0-5; waiting 7-12; pending 12-14 "fg"; lost 5-7 "fg"`},
		{"not yet", full + "END", `waiting 0-5; pending 5-7 "fg"`},
		{"the case ends", full, `waiting 0-5; lost 5-7 "fg"`},
		{"full, and again", "write a \"abcde\" -> OK 5\nwrite a \"x\" -> SHOULD_WAIT\nread b 5 -> OK \"abcde\"\nwrite a \"x\" -> OK 1", "arrived 0-5; waiting 5-6"},
		{"full, and not again", "write a \"abcde\" -> OK 5\nwrite a \"x\" -> SHOULD_WAIT\nread b 5 -> OK \"abcde\"\nwrite a \"y\" -> OK 1", `arrived 0-5; waiting 6-7; lost 5-6 "x"`},
		{"refused meanwhile", full + "write a \"fg\" -> SHOULD_WAIT\nwrite a null:3 -> INVALID_ARGS\nEND", `waiting 0-5; pending 5-7 "fg"`},
		{"nothing between", taken + "write a \"\" -> OK 0\nwrite a \"fg\" -> OK 2", "arrived 0-5; waiting 5-7"},
		{"refused for good", "close b -> OK\nwrite a \"x\" -> PEER_CLOSED", "ended: b is closed"},
		{"the writer goes", full + "close a -> OK\nEND", `waiting 0-5; lost 5-7 "fg"; ended: a is closed`},
		{"one handle of the writer goes", "duplicate a SAME -> OK d\n" + full + "close a -> OK\nEND", `waiting 0-5; pending 5-7 "fg"`},
		{"another handle goes on", "duplicate a SAME -> OK d\n" + taken + "close a -> OK\nwrite d \"fg\" -> OK 2", "arrived 0-5; waiting 5-7"},
		{"the handle moves", "table u -> OK\n" + taken + "replace a SAME -> OK c\ntransfer c u -> OK d\nwrite d \"fg\" -> OK 2", "arrived 0-5; waiting 5-7"},
		{"the reader goes", full + "read b 2 -> OK \"ab\"\nclose b -> OK", `arrived 0-2; lost 5-7 "fg"; dropped 2-5 "cde"; ended: b is closed`},
		{"patterns", "write a pattern:8@4 -> OK 5\nread b 5 -> OK pattern:5@4\nwrite a pattern:3@9 -> OK 3", "arrived 0-5; waiting 5-8"},
		{"another part of the pattern", "write a pattern:8@4 -> OK 5\nread b 5 -> OK pattern:5@4\nwrite a pattern:3@10 -> OK 3", "arrived 0-5; waiting 8-11; lost 5-8 pattern:3@9"},
		{"nobody is told", `write a "abcdefg" actual=null -> OK 5` + "\nread b 3 actual=null -> OK \"abc\"\nEND", `arrived 0-3; waiting 3-5; pending 5-7 "fg"`},
	} {
		calls, early := strings.CutSuffix(test.calls, "END")
		if early {
			calls += "event -> OK last"
		}
		r := record(t, parse(t, "create stream capacity=5 -> OK a b\n"+calls), inproc.Backend(), handle.Manual)
		if r.Outcome != "pass" {
			t.Fatalf("%s: %s", test.name, r.Detail)
		}
		s := last(r, 0)
		if early {
			s = after(r, 0, len(r.Steps)-1)
		}
		if got := told(s); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestHalfClose loses what is pending in the direction that the edition ends,
// and in no other.
func TestHalfClose(t *testing.T) {
	for _, test := range []struct {
		edition handle.Edition
		by      string
	}{{handle.Manual, "b"}, {handle.Kernel2017, "a"}} {
		r := record(t, parse(t, `create stream capacity=2 -> OK a b
write a "abc" -> OK 2
write b "xyz" -> OK 2
write `+test.by+` "" half-close -> OK 0
event -> OK last`), inproc.Backend(), test.edition)
		if got, want := told(after(r, 0, 4)), `waiting 0-2; lost 2-3 "c"; ended: half close by `+test.by; got != want {
			t.Errorf("%v: got %s, want %s", test.edition, got, want)
		}
		if got, want := told(after(r, 1, 4)), `waiting 0-2; pending 2-3 "z"`; got != want {
			t.Errorf("%v, the other direction: got %s, want %s", test.edition, got, want)
		}
	}
}

// TestDisposition may be taken back: nothing is lost until it is known to be.
func TestDisposition(t *testing.T) {
	r := record(t, parse(t, `create stream capacity=2 -> OK a b
write a "abc" -> OK 2
set-disposition a mine=disabled -> OK
write a "c" -> BAD_STATE
read b 2 -> OK "ab"
set-disposition b peer=enabled -> OK
write a "c" -> OK 1`), inproc.Backend(), handle.Zircon)
	if r.Outcome != "pass" {
		t.Fatal(r.Detail)
	}
	if got, want := told(after(r, 0, 4)), `waiting 0-2; pending 2-3 "c"; ended: write disabled`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := told(last(r, 0)), `arrived 0-2; waiting 2-3`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestDatagrams go as a whole; what does not fit the reader is thrown away.
func TestDatagrams(t *testing.T) {
	r := record(t, parse(t, `create datagram capacity=8 -> OK a b
write a "first" -> OK 5
write a "second" -> SHOULD_WAIT
read b 2 -> OK "fi"
write a "second" -> OK 6
write a "xyz" -> SHOULD_WAIT
write a "xy" -> OK 2
read b 9 -> OK "second"`), inproc.Backend(), handle.Manual)
	if r.Outcome != "pass" {
		t.Fatal(r.Detail)
	}
	if got, want := told(last(r, 0)), `arrived 0-2; arrived 5-11; waiting 14-16; lost 11-14 "xyz"; dropped 2-5 "rst"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if len(r.Directions[0].Transcript) != 4 || !r.Directions[0].Datagram {
		t.Errorf("%+v", r.Directions[0])
	}
}

// TestVanished: a kind of descriptor may drop a datagram on its own. The model
// with a hole stands for it.
func TestVanished(t *testing.T) {
	r := record(t, parse(t, `create datagram -> OK a b
write a "one" -> OK 3
write a "two" -> OK 3
read b 9 -> OK "two"`), holed{inproc.Backend()}, handle.Manual)
	if got, want := told(last(r, 0)), `arrived 3-6; dropped 0-3 "one"`; r.Outcome != "pass" || got != want {
		t.Errorf("%s: got %s, want %s", r.Outcome, got, want)
	}
}

// A holed backend takes "one" and forgets it.
type holed struct{ conformance.Backend }

func (b holed) Boot(e handle.Edition) (conformance.Kernel, error) {
	k, err := b.Backend.Boot(e)
	return holedKernel{k}, err
}

type holedKernel struct{ conformance.Kernel }

func (k holedKernel) NewProcess(l conformance.Limits) (conformance.Process, error) {
	p, err := k.Kernel.NewProcess(l)
	return holedProcess{p}, err
}

type holedProcess struct{ conformance.Process }

func (p holedProcess) Write(h handle.Handle, options uint32, b []byte) (int, error) {
	if string(b) == "one" {
		return len(b), nil
	}
	return p.Process.Write(h, options, b)
}

// TestUnaccounted: bytes of a write that failed come out all the same, where
// the edition has it so. The page does not pretend to know where they are from.
func TestUnaccounted(t *testing.T) {
	r := record(t, parse(t, `create stream -> OK a b
write a "ab"+bad:1 -> INVALID_ARGS
write a "cd" -> OK 2
read b 9 -> OK "abcd"`), inproc.Backend(), handle.Zircon)
	if r.Outcome != "pass" {
		t.Fatal(r.Detail)
	}
	if got, want := told(last(r, 0)), `arrived 2-4; arrived 0-2`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if sent := r.Directions[0].Transcript; len(sent) != 2 || !sent[1].Unaccounted || sent[1].Label != `"ab"` {
		t.Errorf("%+v", sent)
	}
	if d := r.Steps[3].Read; d.Text != `"abcd"` || d.Count != 4 {
		t.Errorf("%+v", d)
	}
}

// TestNothingGoesMissing adds up what is told of every case of the suite: a
// byte that was offered is in one place, and in one only. If MXCONFORM_LONG is
// set it does so on descriptors too.
func TestNothingGoesMissing(t *testing.T) {
	backends := []conformance.Backend{inproc.Backend()}
	if os.Getenv("MXCONFORM_LONG") != "" {
		backends = append(backends, posixfd.Backends()...)
	}
	suite := conformance.Cases()
	for _, b := range backends {
		if b.Available() != nil {
			continue
		}
		for _, e := range b.Editions() {
			for i := range suite {
				if c := &suite[i]; c.For(e) && (b.Name() == inproc.Name || !c.UsesStale()) {
					addUp(t, c, record(t, c, b, e))
				}
			}
		}
	}
}

func addUp(t *testing.T, c *trace.Case, r *view.Run) {
	t.Helper()
	accepted := make([]uint64, len(r.Directions))
	for i, step := range r.Steps {
		if w := step.Write; w != nil && w.Range.Len() > 0 {
			accepted[w.Direction] += w.Taken
		}
		for _, st := range step.States {
			s := placeOf(r, st)
			var places []view.Range
			places = append(append(places, s.Arrived...), s.Waiting...)
			out := total(places)
			for _, p := range append(slices.Clone(s.Lost), s.Dropped...) {
				places = append(places, p.Range)
			}
			for _, p := range s.Dropped {
				out += p.Range.Len()
			}
			if s.Pending != nil {
				places = append(places, s.Pending.Range)
			}
			for _, m := range r.Directions[s.Direction].Transcript {
				if m.Unaccounted && m.At < s.Offered {
					out -= m.Length
				}
			}
			slices.SortFunc(places, func(x, y view.Range) int { return int(x[0]) - int(y[0]) })
			at := uint64(0)
			for _, p := range places {
				if p[0] != at {
					break
				}
				at = p[1]
			}
			if at != s.Offered {
				t.Errorf("%s on %s, step %d: %d bytes were offered, and the places are %v", c.Name, r.Backend, i+1, s.Offered, places)
			}
			if out != s.Accepted || s.Accepted != accepted[s.Direction] {
				t.Errorf("%s on %s, step %d: %d bytes were accepted, it says %d, and %d have a place", c.Name, r.Backend, i+1, accepted[s.Direction], s.Accepted, out)
			}
		}
	}
}

func total(list []view.Range) (n uint64) {
	for _, r := range list {
		n += r.Len()
	}
	return n
}
