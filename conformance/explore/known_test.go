package explore

import (
	"slices"
	"strings"
	"testing"
	"time"

	"mx.example/conformance"
	"mx.example/handle"
	"mx.example/status"
)

// One difference that nearly every sequence meets does not end a campaign, and
// once it is known does not hide another one.
func TestFrequentDifference(t *testing.T) {
	b := &mutant{
		waitOne: func(p *mutantProcess, h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error) {
			seen, err := p.modelProcess.WaitOne(h, s, until, parked)
			if s == 0 && err == status.ErrTimedOut { // the state now
				seen |= handle.UserSignal7
			}
			return seen, err
		},
		read: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			n, err := p.modelProcess.Read(h, options, b)
			if n == 7 {
				b[6]++
			}
			return n, err
		},
	}
	const calls = 600 * sequenceCalls
	campaign := func(known ...string) *BackendReport {
		r := Random(t.Context(), []conformance.Backend{b}, RandomOptions{
			Seed: 1, Calls: calls, Known: known, Only: func(name string) bool { return strings.HasSuffix(name, ":manual") },
		})
		return &r.Backends[0]
	}
	kinds := func(r *BackendReport) (list []string) {
		for _, f := range r.Failures {
			list = append(list, f.Kind)
		}
		return list
	}
	first := campaign()
	if first.Sequences != 600 {
		t.Errorf("the campaign ended after %d sequences of 600", first.Sequences)
	}
	frequent := []string{"signals: other signals with OK", "wait: other signals with TIMED_OUT"}
	if got := kinds(first); !slices.Contains(got, frequent[0]) {
		t.Errorf("the frequent difference is not among %q", got)
	}
	second := campaign(frequent...)
	if got := kinds(second); !slices.Equal(got, []string{"read: other data with OK"}) {
		t.Errorf("with the frequent one known, the differences are %q", got)
	}
	if n := second.Differs[frequent[0]]; n < 1000 {
		t.Errorf("the known difference was met %d times", n)
	}
}

func TestParseKnown(t *testing.T) {
	got, err := ParseKnown("f", strings.NewReader("# known\n\n close: OK instead of BAD_HANDLE \n"))
	if err != nil || !slices.Equal(got, []string{"close: OK instead of BAD_HANDLE"}) {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := ParseKnown("f", strings.NewReader("\nclose\n")); err == nil || !strings.HasPrefix(err.Error(), `f:2: "close" is no kind`) {
		t.Errorf("got %v", err)
	}
}

// The model passes what anybody's kernel may be tested with.
func TestTest(t *testing.T) { Test(t, &mutant{}) }
