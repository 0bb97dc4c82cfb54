package handle_test

import (
	"io"
	"os"
	"runtime"
	"testing"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
)

// A dump takes at most 60 bytes of memory for each handle. The long form dumps a
// million of them, and looks at the time, too: what is not in the caches of the
// processor any more takes longer, but not more than that.
func TestDumpOfManyHandles(t *testing.T) {
	n := 20_000
	long := os.Getenv("MXCONFORM_LONG") != ""
	if long {
		n = 1_000_000
	}
	fill := func(n int) *handle.Table {
		tb := handle.NewTable(handle.WithHandleLimit(n))
		for range n / 2 {
			mxsocket.Create(tb, mxsocket.Stream)
		}
		return tb
	}
	cost := func(tb *handle.Table) (bytes uint64, took time.Duration) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		began := time.Now()
		if err := handle.Dump(io.Discard, tb); err != nil {
			t.Error(err)
		}
		took = time.Since(began)
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc, took
	}
	many := fill(n)
	bytes, took := cost(many)
	t.Logf("%d handles: %d bytes and %v for each", n, bytes/uint64(n), took/time.Duration(n))
	if most := uint64(60*n + 64<<10); bytes > most {
		t.Errorf("a dump of %d handles allocates %d bytes, want at most %d", n, bytes, most)
	}
	if !long {
		return
	}
	few := fill(n / 100)
	fastest := func(tb *handle.Table) time.Duration {
		least := time.Duration(1 << 62)
		for range 5 {
			_, took := cost(tb)
			least = min(least, took)
		}
		return least
	}
	ratio := float64(fastest(many)) / float64(fastest(few)) / 100
	t.Logf("a handle of %d takes %.1f times as long as one of %d", n, ratio, n/100)
	if ratio > 10 {
		t.Errorf("a handle of %d takes %.1f times as long as one of %d, want at most 10", n, ratio, n/100)
	}
}
