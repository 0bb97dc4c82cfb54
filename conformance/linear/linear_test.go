package linear

import (
	"os"
	"testing"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/handle"
)

// long is n where the long tests run, and short elsewhere.
func long(n, short uint64) uint64 {
	if os.Getenv("MXCONFORM_LONG") != "" {
		return n
	}
	return short
}

// limit is how long the search for an order may take.
const limit = 30 * time.Second

// config is the kind of history that belongs to a seed, in one edition after the
// other.
func config(seed uint64) Config {
	editions := handle.Editions()
	n := uint64(len(editions))
	return ConfigOf(editions[seed%n], seed/n)
}

func check(t *testing.T, b conformance.Backend, seeds uint64) {
	t.Helper()
	checkAll(t, b, seeds, config)
}

// checkAll records and judges histories, and counts how many of their calls
// began while another was under way.
func checkAll(t *testing.T, b conformance.Backend, seeds uint64, config func(seed uint64) Config) {
	t.Helper()
	calls, overlapping := 0, 0
	for seed := range seeds {
		h := recorded(t, b, config(seed))
		v, err := h.Check(limit)
		if err != nil {
			t.Fatal(err)
		}
		if v != nil {
			t.Fatal(v)
		}
		latest := int64(0)
		for _, o := range h.Ops {
			if o.Called < latest {
				overlapping++
			}
			latest = max(latest, o.Returned)
			calls++
		}
	}
	t.Logf("%d histories, %d calls, of which %d began while another was under way", seeds, calls, overlapping)
	if overlapping < calls/50 {
		t.Errorf("only %d of %d calls overlap: this shows little", overlapping, calls)
	}
}

// Whatever the sockets answer to goroutines that call at once is what they
// could have answered one after the other. Run it under -race as well.
func TestLinearizable(t *testing.T) {
	check(t, inproc.Backend(), long(6000, 150))
}
