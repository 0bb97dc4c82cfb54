package mxsocket

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"mx.example/handle"
)

// BenchmarkCost is what a call costs where n calls are blocked, or n datagrams
// are queued: the table in the package comment. The ends are per blocked call.
//
//	go test -run xxx -bench Cost -benchtime 3x ./mxsocket
func BenchmarkCost(b *testing.B) {
	for _, n := range []int{1, 10, 100, 1_000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("write-to-blocked/%d", n), func(b *testing.B) {
			t, x, y, to := crowd(b, n, false)
			perCall(b, 1, func() {
				Write(t, x, 0, []byte{1})
				go ReadFull(t, y, make([]byte, 1), time.Time{})
				awaitBlocked(to, n)
			})
			t.CloseAll()
		})
		b.Run(fmt.Sprintf("timeout-in-the-middle/%d", n), func(b *testing.B) {
			t, _, y, _ := crowd(b, n, false)
			perCall(b, 1, func() { ReadFull(t, y, make([]byte, 1), time.Now().Add(50*time.Microsecond)) })
			t.CloseAll()
		})
		b.Run(fmt.Sprintf("close-peer/%d", n), func(b *testing.B) {
			for range b.N {
				b.StopTimer()
				t, x, _, to := crowd(b, n, false)
				b.StartTimer()
				t.Close(x)
				awaitBlocked(to, 0)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/blocked")
		})
		b.Run(fmt.Sprintf("close-each-handle/%d", n), func(b *testing.B) {
			for range b.N {
				b.StopTimer()
				t, _, _, to := crowd(b, n, true)
				b.StartTimer()
				t.CloseAll()
				awaitBlocked(to, 0)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/blocked")
		})
		b.Run(fmt.Sprintf("datagrams-queued/%d", n), func(b *testing.B) {
			t, x, y, _, _ := newPair(b, Datagram, 0, nil, WithCapacity(1<<20))
			p := []byte{1}
			for range n {
				Write(t, x, 0, p)
			}
			perCall(b, 1000, func() {
				Write(t, x, 0, p)
				Read(t, y, 0, p)
			})
		})
	}
}

// perCall runs f so many times an iteration, and reports the time of one.
func perCall(b *testing.B, times int, f func()) {
	b.ResetTimer()
	for range b.N {
		for range times {
			f()
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*times), "ns/call")
}

// crowd is a pair with n reads that are blocked at its second endpoint, each
// through a handle of its own if that is asked for.
func crowd(b *testing.B, n int, handles bool) (t *handle.Table, x, y handle.Handle, to *endpoint) {
	t, x, y, _, to = newPair(b, Stream, 0, nil)
	for range n {
		h := y
		if handles {
			h, _ = t.Duplicate(y, handle.SameRights)
		}
		go ReadFull(t, h, make([]byte, 1), time.Time{})
	}
	awaitBlocked(to, n)
	return t, x, y, to
}

func awaitBlocked(to *endpoint, n int) {
	for {
		to.pair.mu.Lock()
		now := to.blocked.n
		to.pair.mu.Unlock()
		if int(now) == n {
			return
		}
		runtime.Gosched()
	}
}
