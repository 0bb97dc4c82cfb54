package mxsocket

import (
	"testing"
	"testing/synctest"
	"time"
)

// A timer that was stopped too late does no harm: it does not end what a later
// deadline, or none, or a close has to say about.
func TestLateTimer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var d deadline
		d.init()
		for _, at := range []time.Time{time.Now().Add(time.Hour), {}} {
			d.set(at)
			d.pass()
			if isClosed(d.expired()) {
				t.Errorf("deadline %v: it has passed", at)
			}
		}
		d.set(time.Now().Add(time.Hour))
		d.pass()
		time.Sleep(time.Hour)
		synctest.Wait()
		if !isClosed(d.expired()) {
			t.Error("the deadline was forgotten")
		}
		d.shut()
		d.pass()
		d.set(time.Now().Add(time.Hour))
		if !isClosed(d.expired()) {
			t.Error("a deadline opened what was shut")
		}
	})
}

// A turn that nobody waits for leaves no token behind, whoever waited before.
func TestTurnIsForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var d turn
		d.init()
		never := make(chan struct{})
		for range 3 {
			d.take(never)
			second := make(chan bool)
			go func() { second <- d.take(never) }()
			synctest.Wait()
			d.give()
			if !<-second {
				t.Fatal("the second did not get its turn")
			}
			d.give()
			if w, n := d.waiting.Load(), len(d.given); w != 0 || n != 0 {
				t.Fatalf("%d wait, %d tokens, and nobody is there", w, n)
			}
		}
	})
}
