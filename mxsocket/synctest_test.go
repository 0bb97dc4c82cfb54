package mxsocket_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// Every call that blocks parks on a channel, so tests run it in a bubble of
// testing/synctest: the clock of a bubble jumps ahead when all of its goroutines
// are blocked, and if nothing can end that, synctest.Test panics. So a timeout of
// two hours is tested in no time, and a wake-up that got lost is found, each time
// and at once.
//
// In a test file, synctest.Test is given the *testing.T of the test, and the
// panic fails the test.
func Example_synctest() {
	bubble := func(name string, f func(t *testing.T)) {
		defer func() {
			if found := recover(); found != nil {
				fmt.Printf("%s: %v\n", name, found)
			}
		}()
		synctest.Test(new(testing.T), f)
	}

	bubble("timeout", func(*testing.T) {
		t := handle.NewTable()
		_, b, _ := mxsocket.Create(t, mxsocket.Stream)
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Hour)
		defer cancel()
		began := time.Now()
		n, err := mxsocket.ReadFullContext(ctx, t, b, make([]byte, 1))
		fmt.Println("timeout:", n, errors.Is(err, status.ErrTimedOut), "after", time.Since(began))
	})

	// A worker takes what is in its inbox whenever a signal says that there is
	// something. While it works a second job comes, with its signal.
	serve := func(clearFirst bool) func(*testing.T) {
		return func(*testing.T) {
			t := handle.NewTable()
			in, out, _ := mxsocket.Create(t, mxsocket.Datagram)
			bell, _ := handle.NewEvent(t)
			go func() {
				for range 2 {
					mxsocket.Write(t, in, 0, []byte("job"))
					t.Signal(bell, 0, handle.Signaled)
					time.Sleep(time.Minute)
				}
			}()
			for jobs := 0; jobs < 2; {
				t.WaitOne(bell, handle.Signaled, time.Time{})
				if clearFirst {
					t.Signal(bell, handle.Signaled, 0)
				}
				for {
					if _, err := mxsocket.Read(t, out, 0, make([]byte, 8)); err != nil {
						break // SHOULD_WAIT: the inbox is empty
					}
					jobs++
				}
				time.Sleep(2 * time.Minute) // the work
				if !clearFirst {
					t.Signal(bell, handle.Signaled, 0) // and the signal of the second job
				}
			}
			fmt.Println("right: both jobs are done")
		}
	}
	bubble("wrong", serve(false))
	bubble("right", serve(true))

	// Output:
	// timeout: 0 true after 2h0m0s
	// wrong: deadlock: all goroutines in bubble are blocked
	// right: both jobs are done
}
