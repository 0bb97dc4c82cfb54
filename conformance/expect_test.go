package conformance_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"testing/synctest"

	"mx.example/conformance"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// deaf is the model of one edition with a query that always says 0.
func deaf() *mutant {
	return &mutant{
		name: "deaf", only: []handle.Edition{handle.Manual},
		query: func(p *mutantProcess, h handle.Handle) (int, error) {
			_, err := p.RawProcess.Outstanding(h)
			return 0, err
		},
	}
}

// twoCases are one that the deaf model fails, and one that it passes.
func twoCases(t *testing.T) []trace.Case {
	t.Helper()
	cases, err := trace.Parse("test.mx", strings.NewReader(
		"case asks\ncreate stream -> OK a b\nwrite a \"x\" -> OK 1\noutstanding b -> OK 1\n\ncase reads\ncreate stream -> OK a b\nread b 1 -> SHOULD_WAIT\n"))
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

func TestExpectations(t *testing.T) {
	cases := twoCases(t)
	run := func(text string) *conformance.Report {
		e, err := conformance.ParseExpectations("known", strings.NewReader(text), cases...)
		if err != nil {
			t.Fatal(err)
		}
		return conformance.Run(t.Context(), []conformance.Backend{deaf()}, cases, conformance.Options{Expect: e})
	}
	const asks, reads = "deaf:manual asks the query is not there yet\n", "deaf:manual reads why\n"
	for _, test := range []struct {
		text string
		ok   bool
		news int
	}{
		{"", false, 0},
		{"# a comment\n\n" + asks, true, 0},
		{asks + reads, false, 1},
		{reads, false, 1},
		{"deaf:zircon asks of another edition\n", false, 0},
	} {
		r := run(test.text)
		if r.OK() != test.ok || len(r.News()) != test.news {
			t.Errorf("with %q: OK is %v, and %d cases are news", test.text, r.OK(), len(r.News()))
		}
	}

	// What a run writes makes the next one green, and reasons stay.
	var first, second bytes.Buffer
	if err := conformance.WriteExpectations(&first, run("")); err != nil {
		t.Fatal(err)
	}
	if !run(first.String()).OK() {
		t.Errorf("what was written does not make the run green:\n%s", &first)
	}
	if err := conformance.WriteExpectations(&second, run(asks)); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(second.String(), asks) {
		t.Errorf("the reason is not kept:\n%s", &second)
	}
}

func TestMalformedExpectations(t *testing.T) {
	for text, want := range map[string]string{
		"x":                          "known:1: expected BACKEND:EDITION",
		"\nmx:manual write-is-short": "known:2: expected",
		"mx asks why":                `known:1: "mx" is no backend with its edition`,
		"mx:manual ask why":          `known:1: the suite has no case "ask"`,
		"mx:manual asks why\nmx:manual asks other": "known:2: asks on mx:manual is there already",
	} {
		_, err := conformance.ParseExpectations("known", strings.NewReader(text), twoCases(t)...)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// A kernel that does not close says so, and after a few the backend is given up.
func TestCloseThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		end := make(chan struct{})
		defer close(end)
		b := &mutant{only: []handle.Edition{handle.Manual}, closeAll: func(*mutantKernel) error {
			<-end
			return nil
		}}
		cases := conformance.Cases()[:40]
		r := conformance.Run(context.Background(), []conformance.Backend{b}, cases, conformance.Options{})
		ran := 0
		for _, c := range r.Cases {
			res := c.Results[0]
			if res == nil {
				continue
			}
			if res.Outcome == conformance.NotApplicable {
				continue
			}
			ran++
			if !res.Hung || !strings.Contains(res.Detail, "the Close of the kernel did not return within 2s") || res.Took > conformance.CloseGrace {
				t.Errorf("%s: %s after %v: %s", res.Case, res.Outcome, res.Took, res.Detail)
			}
		}
		if ran < 3 || ran == len(cases) {
			t.Errorf("%d of %d cases were run before the backend was given up", ran, len(cases))
		}
		if why := r.Backends[0].Why; !strings.HasPrefix(why, "given up: in ") {
			t.Errorf("the report says %q", why)
		}
		if r.Canceled || r.OK() {
			t.Errorf("canceled %v, OK %v", r.Canceled, r.OK())
		}
	})
}

// Reasons are counted together, whatever lines they come from.
func TestReasons(t *testing.T) {
	b := &mutant{only: []handle.Edition{handle.Manual}, query: func(*mutantProcess, handle.Handle) (int, error) {
		return 0, &conformance.Unsupported{Why: "there is no query"}
	}}
	r := conformance.Run(t.Context(), []conformance.Backend{b}, append(twoCases(t), twoCases(t)...), conformance.Options{})
	got := r.Reasons(0)
	if len(got) != 1 || got[0] != (conformance.Reason{Why: "there is no query", Cases: 2}) {
		t.Errorf("the reasons are %v", got)
	}
}
