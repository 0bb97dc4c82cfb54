package bench

import (
	"errors"
	"runtime"
	"time"
)

// A loop is a piece of work made ready.
type loop struct {
	// run does the work n times. It may be called again.
	run func(n int) error
	// laps, which may be nil, does it len(at) times and notes when each was
	// done.
	laps func(at []int64) error
	// close frees what the loop holds, and may be nil.
	close func()
}

var errShort = errors.New("fewer bytes moved than were asked for")

// orShort is for a call that did not move what it should.
func orShort(err error) error {
	if err == nil {
		return errShort
	}
	return err
}

// An end is one end of a pair as two goroutines use it, in one of the two
// styles. The few nanoseconds of a call through it are part of what everybody
// takes in the workloads of two goroutines.
type end interface {
	put(p []byte) error        // all of p
	get(p []byte) (int, error) // at least one byte
	close()
}

// together runs f here and g on another goroutine, and waits for both. One
// that fails closes its end, so that the other does not wait for it for ever.
func together(a, b end, f, g func() error) error {
	other := make(chan error, 1)
	go func() {
		err := g()
		if err != nil {
			b.close()
		}
		other <- err
	}()
	err := f()
	if err != nil {
		a.close()
	}
	return errors.Join(err, <-other)
}

// streaming is messages of size bytes from one goroutine to another, which
// reads into a buffer of the same size.
func streaming(a, b end, size int) loop {
	src, dst := make([]byte, size), make([]byte, size)
	return loop{
		run: func(n int) error {
			return together(a, b, func() error {
				for range n {
					if err := a.put(src); err != nil {
						return err
					}
				}
				return nil
			}, func() error {
				for left := n * size; left > 0; {
					k, err := b.get(dst)
					if err != nil {
						return err
					}
					left -= k
				}
				return nil
			})
		},
		close: func() { a.close(); b.close() },
	}
}

// pingPong is one byte to another goroutine, and one back.
func pingPong(a, b end) loop {
	mine, theirs := make([]byte, 1), make([]byte, 1)
	rally := func(n int, at []int64) error {
		return together(a, b, func() error {
			for i := range n {
				if err := a.put(mine); err != nil {
					return err
				}
				if _, err := a.get(mine); err != nil {
					return err
				}
				if at != nil {
					at[i] = now()
				}
			}
			return nil
		}, func() error {
			for range n {
				if _, err := b.get(theirs); err != nil {
					return err
				}
				if err := b.put(theirs); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return loop{
		run:   func(n int) error { return rally(n, nil) },
		laps:  func(at []int64) error { return rally(len(at), at) },
		close: func() { a.close(); b.close() },
	}
}

// calibrate is about how many turns take d.
func calibrate(l loop, d time.Duration, clock func() int64) (int, error) {
	enough := max(d/4, 1)
	for n := 1; ; {
		start := clock()
		if err := l.run(n); err != nil {
			return 0, err
		}
		took := time.Duration(max(clock()-start, 1))
		if took >= enough || n >= 1<<30 {
			return max(1, int(float64(n)*float64(d)/float64(took))), nil
		}
		// Not too far at once: the first turns are the slowest.
		n = min(100*n, int(1.2*float64(n)*float64(enough)/float64(took))+1)
	}
}

// timed runs l for n turns, and says what a turn took in nanoseconds and how
// many allocations it made. Those of the runtime itself count too, so that
// only the least of several runs is the loop's.
func timed(l loop, n int, clock func() int64) (ns, allocs float64, err error) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := clock()
	err = l.run(n)
	took := clock() - start
	runtime.ReadMemStats(&after)
	return float64(took) / float64(n), float64(after.Mallocs-before.Mallocs) / float64(n), err
}
