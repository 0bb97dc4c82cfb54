package wakeup

import (
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/handle"
)

// handOvers is how many of each kind there are.
func handOvers() int {
	if os.Getenv("MXCONFORM_LONG") != "" {
		return 400_000
	}
	return 2_000
}

// model is the model in one edition: what waits do differs between those of 2017
// and zircon.
type model struct {
	conformance.Backend
	editions []handle.Edition
}

func (m model) Editions() []handle.Edition { return m.editions }

func TestModel(t *testing.T) {
	t.Run("bubble", func(t *testing.T) {
		Test(t, model{inproc.Backend(), []handle.Edition{handle.Manual, handle.Zircon}}, handOvers(), false)
	})
	t.Run("outside", func(t *testing.T) {
		Test(t, model{inproc.Backend(), []handle.Edition{handle.Manual}}, handOvers(), true)
	})
}

// manual is the scene of tests of single stresses.
func manual(n int) scene { return scene{inproc.Backend(), handle.Manual, n} }

// deaf is a wait that after a while listens for nothing.
func deaf() wait {
	var calls atomic.Int64
	return func(p conformance.Process, h handle.Handle, s handle.Signals, parked func()) (handle.Signals, error) {
		if calls.Add(1) >= 1000 {
			s = 0
		}
		return waitOne(p, h, s, parked)
	}
}

// A deaf wait is found in each place, so those that are not found are not
// deaf.
func TestDeafWaitIsFound(t *testing.T) {
	make := func(s *stress) error { return handOver(s, deaf()) }
	for place, err := range map[string]error{
		"bubble":  inBubble(t, manual(1_000_000), make),
		"outside": watched(t, begun(t, manual(1_000_000), make), 100*time.Millisecond),
	} {
		if err == nil || !strings.HasPrefix(err.Error(), "asleep after") {
			t.Errorf("%s: got %v, want an error that says who is asleep", place, err)
		}
	}
}

// blocking sends bytes in pieces of several sizes by the calls that block,
// through a socket that holds one.
func blocking(s *stress) error {
	a, b, err := s.pair()
	if err != nil {
		return err
	}
	p := s.p.(conformance.BlockingProcess)
	// pieces calls f for pieces of 1 to 3 bytes until they are n.
	pieces := func(seed uint64, f func(p []byte) error) error {
		pace := newPace(seed)
		for at := 0; at < s.n; {
			p := make([]byte, 3)[:min(1+pace.rnd.IntN(3), s.n-at)]
			if err := f(p); err != nil {
				return err
			}
			at += len(p)
			pace.dawdle()
		}
		return nil
	}
	var written, read byte
	s.parties = []party{
		{"the writer", func() error {
			return pieces(1, func(buf []byte) error {
				for i := range buf {
					buf[i], written = written, written+1
				}
				_, err := p.WriteAll(a, buf, time.Time{})
				return err
			})
		}, a, handle.Writable},
		{"the reader", func() error {
			return pieces(2, func(buf []byte) error {
				_, err := p.ReadFull(b, buf, time.Time{})
				for _, got := range buf {
					if err == nil && got != read {
						err = fmt.Errorf("read %d, want %d", got, read)
					}
					read++
				}
				s.moved.Add(int64(len(buf)))
				return err
			})
		}, b, handle.Readable},
	}
	return nil
}

func TestBlocking(t *testing.T) {
	for place, err := range map[string]error{
		"bubble":  inBubble(t, manual(handOvers()), blocking),
		"outside": watch(t, manual(handOvers()), blocking),
	} {
		if err != nil {
			t.Errorf("%s: %v", place, err)
		}
	}
}
