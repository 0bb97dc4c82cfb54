package patience

import (
	"testing"
	"testing/synctest"
	"time"
)

// The clock of a bubble is never late, so there patience lasts as long as it
// says.
func TestTimer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		timer := After(time.Second)
		<-timer.C
		if d := time.Since(began); d != time.Second || timer.Took() != time.Second {
			t.Errorf("it lasted %v, and took %v", d, timer.Took())
		}
		timer.Stop()

		timer = After(time.Second)
		time.Sleep(time.Second / 2)
		timer.Stop()
		time.Sleep(time.Second)
		select {
		case <-timer.C:
			t.Error("it went on after it was stopped")
		default:
		}
	})
}

// A pause that lasts longer than it should, as on a busy machine, uses up no
// more than a millisecond.
func TestBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, tt := range []struct {
			pause time.Duration
			want  int
		}{{100 * time.Microsecond, 100}, {50 * time.Millisecond, 10}} {
			b, n := Of(10*time.Millisecond), 1
			for b.Pause(tt.pause) {
				n++
			}
			if n != tt.want {
				t.Errorf("%d pauses of %v, not %d", n, tt.pause, tt.want)
			}
		}
	})
}
