package handle_test

import (
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
)

// A sleep ends by its token, its deadline or its cancellation, with and
// without the others, and tells which token it was.
func TestSleeper(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := handle.NewSleeper()
		cancel := make(chan struct{})
		soon := func() time.Time { return time.Now().Add(time.Second) }

		go s.Wake(5)
		if token := s.Sleep(); token != 5 {
			t.Errorf("a sleep without end took the token %d", token)
		}
		for i, doze := range []func() (int, bool){
			func() (int, bool) { return s.Doze(time.Time{}, nil) },
			func() (int, bool) { return s.Doze(time.Time{}, cancel) },
			func() (int, bool) { return s.Doze(soon(), nil) },
			func() (int, bool) { return s.Doze(soon(), cancel) },
		} {
			go s.Wake(-i)
			if token, woken := doze(); token != -i || !woken {
				t.Errorf("sleep %d took the token %d, woken: %v", i, token, woken)
			}
		}
		began := time.Now()
		for i := range 2 { // the second time with a timer that was used
			if token, woken := s.Doze(soon(), nil); token != 0 || woken || time.Since(began) != time.Duration(i+1)*time.Second {
				t.Errorf("sleep %d of a second ended after %v, with %d, woken: %v", i, time.Since(began), token, woken)
			}
		}
		close(cancel)
		for _, deadline := range []time.Time{{}, soon()} {
			if token, woken := s.Doze(deadline, cancel); token != 0 || woken {
				t.Errorf("a canceled sleep ended with %d, woken: %v", token, woken)
			}
		}
		if got := time.Since(began); got != 2*time.Second {
			t.Errorf("canceled sleeps took %v", got-2*time.Second)
		}
	})
}

// Wake tells whether there was somebody asleep who has the token now; one that
// nobody slept for waits, and the first of several is the one that stays.
func TestWakeTellsWhoWasAsleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := handle.NewSleeper()
		for i := range 3 {
			if s.Awake() {
				t.Error("awake, without a token")
			}
			if s.Wake(10 + i) {
				t.Error("nobody is there, and was asleep")
			}
			if s.Wake(20 + i) {
				t.Error("there is a token, and somebody was asleep")
			}
			if !s.Awake() {
				t.Error("there is a token, and it is not awake")
			}
			if token := s.Sleep(); token != 10+i || s.Awake() {
				t.Errorf("the token is %d, want %d; another: %v", token, 10+i, s.Awake())
			}
			for _, timed := range []bool{false, true} {
				token := make(chan int)
				go func() {
					if timed {
						got, _ := s.Doze(time.Now().Add(time.Hour), nil)
						token <- got
						return
					}
					token <- s.Sleep()
				}()
				synctest.Wait()
				if !s.Wake(30 + i) {
					t.Errorf("timed %v: somebody was asleep", timed)
				}
				if s.Wake(40 + i) {
					t.Errorf("timed %v: nobody was asleep any more", timed)
				}
				if got := <-token; got != 30+i {
					t.Errorf("timed %v: the token is %d, want %d", timed, got, 30+i)
				}
				if !s.Awake() {
					t.Error("the second token is gone")
				}
				if s.Drain(); s.Awake() {
					t.Error("drained, and there is a token")
				}
			}
		}
		s.Drain() // there is nothing, and it does not block
		if s.Wake(1) {
			t.Error("nobody is asleep after a Drain")
		}
	})
}

// A token that is there when the sleep is canceled, or besides the deadline has
// passed, is taken or left, but not both; and a timer that has been used does
// not end the next sleep.
func TestTokenAndEndAtOnce(t *testing.T) {
	canceled := make(chan struct{})
	close(canceled)
	s := handle.NewSleeper()
	for what, doze := range map[string]func() (int, bool){
		"cancel": func() (int, bool) { return s.Doze(time.Time{}, canceled) },
		"both":   func() (int, bool) { return s.Doze(time.Now().Add(-time.Second), canceled) },
	} {
		var won [2]int
		for range 1000 {
			s.Wake(7)
			token, woken := doze()
			switch {
			case woken && token == 7 && !s.Awake():
				won[0]++
			case !woken && token == 0 && s.Awake():
				won[1]++
			default:
				t.Fatalf("%s: token %d, woken: %v, and another: %v", what, token, woken, s.Awake())
			}
			s.Drain()
			go s.Wake(8)
			if token, woken := s.Doze(time.Now().Add(time.Hour), nil); token != 8 || !woken {
				t.Fatalf("%s: the next sleep ended with %d, woken: %v", what, token, woken)
			}
		}
		if won[0] == 0 || won[1] == 0 {
			t.Errorf("%s: token and end won %d times: not what this is about", what, won)
		}
	}
}
