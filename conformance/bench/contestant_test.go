package bench

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"mx.example/handle"
)

// Every workload runs on everything that is there, in every round.
func TestRunIsWhole(t *testing.T) {
	const rounds = 2
	handles := []int{2, 100}
	var last Progress
	r, err := Run(t.Context(), Options{
		Rounds: rounds, For: time.Nanosecond, handles: handles,
		Progress: func(p Progress) { last = p },
	})
	if err != nil {
		t.Fatal(err)
	}
	if r.Partial || r.Rounds != rounds || r.Seconds <= 0 || last.Done != last.Total-1 || last.Total != rounds*len(r.Results) {
		t.Errorf("partial %t, %d rounds, %v seconds, progress %+v", r.Partial, r.Rounds, r.Seconds, last)
	}
	for _, x := range r.Results {
		if x.Err != "" {
			if x.Workload == Memory { // which not every system tells, nor grants
				t.Logf("%s, %s: %s", x.Workload, x.Contestant, x.Err)
				continue
			}
			t.Errorf("%s, %s: %s", x.Workload, x.Contestant, x.Err)
			continue
		}
		sample := x.Sample
		if x.At != nil {
			sample = x.At[0]
		}
		if len(sample) != rounds || sample.Quantile(0) <= 0 && x.Workload != Memory {
			t.Errorf("%s, %s, %d: %v", x.Workload, x.Contestant, x.Param, sample)
		}
	}
	for _, c := range r.Contestants {
		if !c.Available {
			t.Logf("%s: %s", c.Name, c.Why)
			continue
		}
		if r.Of(WriteRead, c.Name, 1) == nil && r.Of(PingPong, c.Name, 0) == nil {
			t.Errorf("%s did nothing", c.Name)
		}
	}
	if got := r.Params(HandlesAny); !slices.Equal(got, handles) {
		t.Errorf("live handles %v, want %v", got, handles)
	}
	for _, w := range Workloads() {
		if len(r.Params(w.Name)) == 0 {
			t.Errorf("%s was not measured", w.Name)
		}
	}
}

func TestRunSome(t *testing.T) {
	r, err := Run(t.Context(), Options{Rounds: 1, For: time.Nanosecond, Workloads: []string{Tables, PingPong}})
	if err != nil || len(r.Workloads) != 2 || r.Workloads[0].Name != PingPong || r.Workloads[1].Name != Tables {
		t.Fatalf("%v, %v", r.Workloads, err)
	}
	for _, x := range r.Results {
		if x.Workload != Tables && x.Workload != PingPong {
			t.Errorf("%s was measured", x.Workload)
		}
	}
	if _, err := Run(t.Context(), Options{Rounds: 1, Workloads: []string{"sleep"}}); err == nil {
		t.Error("a workload that does not exist was measured")
	}
}

// Whoever interrupts gets what there is.
func TestRunInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r, err := Run(ctx, Options{Rounds: 1000, For: time.Nanosecond, Progress: func(p Progress) {
		if p.Done == 20 {
			cancel()
		}
	}})
	if err != nil || !r.Partial {
		t.Fatalf("partial %t, %v", r.Partial, err)
	}
	if r.Of(WriteRead, StreamOf(handle.Manual), 1) == nil || r.Of(Handles, StreamOf(handle.Manual), 2) != nil {
		t.Error("what was measured before is not there, or what comes later is")
	}
	if c, err := newCrowded(ctx, 1000); c != nil || err != context.Canceled {
		t.Errorf("a table of handles is made all the same: %v", err)
	}
}

func TestRing(t *testing.T) {
	q := newRing()
	src, dst := message(100_000)
	for round := range 20 {
		src[round] ^= 0xff
		if n := q.write(src); n != len(src) {
			t.Fatalf("round %d: wrote %d of %d", round, n, len(src))
		}
		if n := q.read(dst); n != len(dst) || !bytes.Equal(src, dst) {
			t.Fatalf("round %d: read %d of %d, or the bytes differ", round, n, len(dst))
		}
	}
	for range 3 {
		q.write(src)
	}
	if q.n != len(q.buf) || q.write(src) != 0 {
		t.Errorf("a full ring holds %d of %d bytes, or takes more", q.n, len(q.buf))
	}
	if n := q.read(nil); n != 0 || q.n != len(q.buf) {
		t.Errorf("reading nothing took %d", n)
	}
}

func TestArrived(t *testing.T) {
	src, dst := message(300)
	if err := arrived(src, dst); err != errOther {
		t.Errorf("a message that never came: %v", err)
	}
	copy(dst, src)
	if err := arrived(src, dst); err != nil {
		t.Error(err)
	}
}

// A closing end notes that it was closed.
type closing struct {
	end
	closed chan struct{}
}

func (e closing) close() { close(e.closed) }

// Whoever fails closes its end, so that the other one need not wait for ever.
func TestTogether(t *testing.T) {
	broken := errors.New("broken")
	a, b := closing{closed: make(chan struct{})}, closing{closed: make(chan struct{})}
	err := together(a, b, func() error { return broken }, func() error { <-a.closed; return nil })
	if !errors.Is(err, broken) {
		t.Errorf("the first fails: %v", err)
	}
	err = together(a, b, func() error { <-b.closed; return nil }, func() error { return broken })
	if !errors.Is(err, broken) {
		t.Errorf("the second fails: %v", err)
	}
}

// When one side of real ends fails the other comes back, in both styles.
func TestFailureEndsBothSides(t *testing.T) {
	for _, c := range contestants() {
		if !c.Available || c.Name == TwoChannels || c.Datagrams && c.Kind == Descriptors {
			continue // a datagram descriptor never hears of the end of its peer
		}
		for style, open := range map[string]func() (end, end, error){
			"plain":    func() (end, end, error) { return c.open(1) },
			"blocking": c.openBlocking,
		} {
			if c.open == nil || open == nil {
				continue
			}
			a, b, err := open()
			if err != nil {
				t.Fatal(err)
			}
			broken := errors.New("broken")
			err = together(a, b, func() error { return broken }, func() error {
				_, err := b.get(make([]byte, 1))
				return err
			})
			a.close()
			b.close()
			if joined, ok := err.(interface{ Unwrap() []error }); !ok || len(joined.Unwrap()) != 2 {
				t.Errorf("%s, %s: %v; want an error of each side", c.Name, style, err)
			}
		}
	}
}

func TestCrowded(t *testing.T) {
	c, err := newCrowded(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	for name, make := range map[string]func() (loop, error){"same": c.sameLoop, "any": c.anyLoop, "create": c.createLoop} {
		l, err := make()
		if err == nil {
			err = l.run(1000)
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if l.close != nil {
			t.Errorf("%s closes what belongs to the table", name)
		}
	}
	if len(c.ends) != 50 {
		t.Errorf("%d pairs", len(c.ends))
	}
}

func TestField(t *testing.T) {
	const text = "processor\t: 0\nmodel name\t: A: B\nSlab:  12 kB\n"
	for name, want := range map[string]string{"model name": "A: B", "Slab": "12 kB", "model": ""} {
		if got := field(text, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
