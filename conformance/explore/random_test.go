package explore

import (
	"fmt"
	"hash/fnv"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/handle"
)

func model() []conformance.Backend { return []conformance.Backend{inproc.Backend()} }

func TestRandomFindsNothing(t *testing.T) {
	calls := uint64(150_000)
	if os.Getenv("MXCONFORM_LONG") != "" {
		calls *= 2
	}
	r := Random(t.Context(), model(), RandomOptions{Seed: 1, Calls: calls})
	for _, b := range r.Backends {
		if b.Calls != calls {
			t.Errorf("%s: %d calls", b.Name, b.Calls)
		}
		if b.States < Classes/2 {
			t.Errorf("%s: only %d of %d classes of states were seen", b.Name, b.States, Classes)
		}
		for _, f := range b.Failures {
			t.Errorf("%s: %s: %s\n%s", b.Name, f.Kind, f.Detail, f.Text)
		}
	}
}

// The calls of a seed are the same in every version and on every machine: that
// is what lets a shard or a report be made again. Whoever changes the
// generator changes these numbers.
func TestSameSeedSameCalls(t *testing.T) {
	for _, e := range handle.Editions() {
		var hashes [3]uint64
		for i, seed := range []uint64{1, 1, 2} {
			h := fnv.New64a()
			for sequence := range uint64(40) {
				for _, st := range sequenceOf(t, e, seed, sequence) {
					fmt.Fprintln(h, stepText(&st.Step))
				}
			}
			hashes[i] = h.Sum64()
		}
		if hashes[0] != hashes[1] {
			t.Errorf("%s: one seed made two different campaigns", e)
		}
		if hashes[0] == hashes[2] {
			t.Errorf("%s: two seeds made one campaign", e)
		}
		if want := seedOne[e]; hashes[0] != want {
			t.Errorf("%s: the calls of seed 1 have the hash %#x, not %#x", e, hashes[0], want)
		}
	}
}

var seedOne = map[handle.Edition]uint64{
	handle.Manual:     0x9427b48542a25568,
	handle.Kernel2017: 0x8c04dd1f17514591,
	handle.Zircon:     0x35475b9035a3e19e,
}

func sequenceOf(t *testing.T, e handle.Edition, seed, sequence uint64) []element {
	t.Helper()
	not, err := probe(inproc.Backend(), e)
	if err != nil {
		t.Fatal(err)
	}
	r := newRunner(inproc.Backend(), e, not)
	if d, _ := r.run(seed, sequence, sequenceCalls); d != nil {
		t.Fatal(d.Detail)
	}
	return r.steps
}

func TestShardsMakeUpTheWhole(t *testing.T) {
	only := func(b string) bool { return b == "mx:kernel2017" }
	// Not a whole number of sequences, nor of sequences a shard.
	o := RandomOptions{Seed: 3, Calls: 10_007, Only: only}
	whole := Random(t.Context(), model(), o)
	var parts []*Report
	for i := range 3 {
		o.Shard, o.Shards = i, 3
		parts = append(parts, Random(t.Context(), model(), o))
	}
	merged, err := Merge(parts[2], parts[0], parts[1])
	if err != nil {
		t.Fatal(err)
	}
	again, err := Merge(parts...)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(merged, again); d != "" {
		t.Errorf("the order of the shards makes a difference:\n%s", d)
	}
	for _, r := range []*Report{whole, merged} {
		r.Shards, r.Done = 0, nil
		r.Backends[0].Seconds = 0
	}
	if d := cmp.Diff(whole, merged); d != "" {
		t.Errorf("the shards are not the whole:\n%s", d)
	}
	if n := merged.Backends[0].Calls; n != 10_007 {
		t.Errorf("%d calls", n)
	}
}
