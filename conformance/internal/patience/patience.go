// Package patience waits long enough on machines that are fast, slow or busy.
//
// Patience is counted in turns of this program and not by the clock alone: it
// is cut into moments, and a moment that ends late, because the machine had
// other things to do, counts as no more than it was meant to last. So on a busy
// machine everything has as many turns to happen in as on a quiet one.
package patience

import (
	"sync"
	"time"
)

// moments is into how many a Timer's patience is cut.
const moments = 16

// A Timer closes C once its patience is at an end.
type Timer struct {
	C <-chan struct{}

	began time.Time
	mu    sync.Mutex  // guards what follows
	timer *time.Timer // nil once stopped
	left  int         // moments
}

// After returns a Timer with patience for d on a machine that does nothing else.
func After(d time.Duration) *Timer {
	c := make(chan struct{})
	t := &Timer{C: c, began: time.Now(), left: moments}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.timer = time.AfterFunc(d/moments, func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		switch t.left--; {
		case t.timer == nil:
		case t.left == 0:
			close(c)
		default:
			t.timer.Reset(d / moments)
		}
	})
	return t
}

// Stop ends the patience without closing C.
func (t *Timer) Stop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.timer != nil {
		t.timer.Stop()
		t.timer = nil
	}
}

// Took returns how long it has been since After.
func (t *Timer) Took() time.Duration { return time.Since(t.began).Round(time.Millisecond) }

// A Budget is patience for a loop that looks again and again.
type Budget struct{ left time.Duration }

// longest is the most that one pause counts for.
const longest = time.Millisecond

// Of returns a Budget of d on a machine that does nothing else.
func Of(d time.Duration) Budget { return Budget{d} }

// Pause sleeps for at least d, which is below a millisecond, and reports
// whether there is patience left.
func (b *Budget) Pause(d time.Duration) bool {
	began := time.Now()
	time.Sleep(d)
	b.left -= min(time.Since(began), longest)
	return b.left > 0
}
