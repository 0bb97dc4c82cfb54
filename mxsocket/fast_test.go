package mxsocket

import (
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
)

// A rig is a pair, its log of all that was answered, and the calls under way.
type rig struct {
	tb    *handle.Table
	a, b  handle.Handle
	ports [2]handle.Handle // with a repeating watch of each endpoint, or none
	calls []func() (int, error, bool)
	bufs  [][]byte
	log   string
}

// The fast paths do what the rules do. Two pairs are driven alike: a plain one,
// and one whose table has a memory limit that is never reached, which keeps all
// calls off the fast paths (see plain). Every answer, byte, size, signal and
// packet is the same. They take more steps if MXCONFORM_LONG is set.
func TestFastEqualsSlow(t *testing.T) {
	steps := 15
	if os.Getenv("MXCONFORM_LONG") != "" {
		steps = 60
	}
	for seed := range uint64(36) {
		synctest.Test(t, func(t *testing.T) {
			edition := handle.Editions()[seed%3]
			mode := uint32(seed / 3 % 2)
			capacity := []uint64{1, 7, 100, 1500, 5000, DefaultCapacity}[seed/6]
			watched := seed%2 == 0
			options := []handle.Option{handle.WithEdition(edition)}
			fast := newRig(t, mode, capacity, watched, options)
			slow := newRig(t, mode, capacity, watched, append(options, handle.WithMemoryLimit(1<<40)))
			for step := range steps {
				for _, r := range []*rig{fast, slow} {
					r.log = ""
					r.step(rand.New(rand.NewPCG(seed, uint64(step))), int(capacity), edition)
				}
				if step%3 == 0 {
					time.Sleep(time.Second) // some deadlines pass
				}
				fast.settle()
				slow.settle()
				if fast.log != slow.log {
					t.Fatalf("seed %d, step %d: the plain pair answers\n%s\nand the other\n%s", seed, step, fast.log, slow.log)
				}
			}
			fast.tb.CloseAll()
			slow.tb.CloseAll()
		})
	}
}

func newRig(t *testing.T, mode uint32, capacity uint64, watched bool, options []handle.Option) *rig {
	tb, a, b, _, _ := newPair(t, mode, 0, options, WithCapacity(capacity))
	r := &rig{tb: tb, a: a, b: b}
	for i, h := range []handle.Handle{a, b} {
		if watched {
			r.ports[i], _ = handle.NewPort(tb, map[bool]uint32{true: 0, false: handle.PortVersion}[tb.Edition() == handle.Zircon])
			r.watch(i, h)
		}
	}
	return r
}

func (r *rig) watch(i int, h handle.Handle) {
	r.tb.WaitAsync(h, r.ports[i], 1, handle.Readable|handle.Writable|handle.PeerClosed|handle.ReadThreshold|handle.WriteThreshold, handle.WaitAsyncOnce)
}

func (r *rig) note(what string, args ...any) { r.log += what + fmt.Sprintln(args...) }

// step makes one call.
func (r *rig) step(rng *rand.Rand, capacity int, e handle.Edition) {
	n := []int{0, 1, 2, capacity - 1, capacity, capacity + 1, 1 + rng.IntN(capacity), 1 + rng.IntN(min(capacity, 200))}[rng.IntN(8)]
	p := make([]byte, n)
	for i := range p {
		p[i] = byte(rng.Uint32())
	}
	from, to := r.a, r.b
	if rng.IntN(4) == 0 {
		from, to = to, from
	}
	switch op := rng.IntN(20); {
	case op < 6:
		k, err := Write(r.tb, from, 0, p)
		r.note("write", n, k, err)
	case op < 12:
		k, err := Read(r.tb, to, 0, p)
		r.note("read", n, k, err, p[:k])
	case op == 12 && e == handle.Zircon:
		k, err := Read(r.tb, to, Peek, p)
		r.note("peek", n, k, err, p[:k])
	case op == 13:
		k, err := WriteAll(r.tb, from, p, past1970)
		r.note("writeall", n, k, err)
	case op == 14:
		k, err := ReadFull(r.tb, to, p, past1970)
		r.note("readfull", n, k, err, p[:k])
	case op < 18 && len(r.calls) < 6: // one that may block
		write, at := rng.IntN(2) == 0, time.Now().Add(time.Duration(1+rng.IntN(20))*time.Second)
		r.bufs = append(r.bufs, p)
		r.calls = append(r.calls, begin(func() (int, error) {
			if write {
				return WriteAll(r.tb, from, p, at)
			}
			return ReadFull(r.tb, to, p, at)
		}))
	case op == 18 && e == handle.Zircon:
		r.note("threshold", r.tb.SetProperty(to, handle.SocketRxThreshold, uint64(rng.IntN(3)*capacity/2)),
			r.tb.SetProperty(from, handle.SocketTxThreshold, uint64(rng.IntN(3)*capacity/2)))
	case op == 18 && rng.IntN(30) == 0:
		_, err := Write(r.tb, from, HalfClose, nil)
		r.note("half", err)
	case op == 19 && e == handle.Zircon && rng.IntN(4) == 0:
		r.note("disposition", SetDisposition(r.tb, from, Disposition(rng.IntN(3)), Disposition(rng.IntN(3))))
	}
}

// settle notes which calls are over, and all else that can be seen.
func (r *rig) settle() {
	for i := 0; i < len(r.calls); {
		k, err, over := r.calls[i]()
		if !over {
			i++
			continue
		}
		r.note("blocked", i, k, err, r.bufs[i])
		r.calls = append(r.calls[:i], r.calls[i+1:]...)
		r.bufs = append(r.bufs[:i], r.bufs[i+1:]...)
	}
	for i, h := range []handle.Handle{r.a, r.b} {
		size, err := Outstanding(r.tb, h)
		seen, _ := r.tb.WaitOne(h, 0, past1970)
		r.note("state", i, size, err, seen)
		if r.ports[i] != 0 {
			if packet, err := r.tb.WaitPort(r.ports[i], past1970); err == nil {
				r.note("packet", packet.Signal)
				r.watch(i, h)
			}
		}
	}
}
