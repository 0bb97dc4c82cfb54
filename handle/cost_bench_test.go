package handle_test

import (
	"fmt"
	"testing"
	"time"

	"mx.example/handle"
)

// BenchmarkCosts measures what the package comment says of costs, with n of
// what the call is said not to depend on.
func BenchmarkCosts(b *testing.B) {
	for _, n := range []int{1, 10, 100, 1000, 10_000, 100_000} {
		measure := func(name string, setUp func(tb *handle.Table, h, p handle.Handle), op func(tb *handle.Table, h, p handle.Handle)) {
			b.Run(fmt.Sprintf("%s/n=%d", name, n), func(b *testing.B) {
				tb := handle.NewTable()
				h, err := handle.NewEvent(tb)
				if err != nil {
					b.Fatal(err)
				}
				p, err := handle.NewPort(tb, handle.PortVersion)
				if err != nil {
					b.Fatal(err)
				}
				setUp(tb, h, p)
				b.ReportAllocs()
				for b.Loop() {
					op(tb, h, p)
				}
				tb.CloseAll() // ends the waits
			})
		}
		pulse := func(tb *handle.Table, h, _ handle.Handle) {
			tb.Signal(h, 0, u0)
			tb.Signal(h, u0, 0)
		}
		idleWaits := func(tb *handle.Table, h, _ handle.Handle) {
			parked := make(chan struct{})
			for range n {
				go tb.WaitOneFunc(h, u1, time.Time{}, func() { parked <- struct{}{} })
			}
			for range n {
				<-parked
			}
		}
		operations := func(tb *handle.Table, h, p handle.Handle) {
			for i := range n {
				tb.WaitAsync(h, p, uint64(i), u1, handle.WaitAsyncRepeating)
			}
		}
		measure("pulse-beside-waits", idleWaits, pulse)
		measure("wait-beside-waits", idleWaits, func(tb *handle.Table, h, p handle.Handle) {
			tb.WaitOneFunc(h, u0, time.Time{}, func() { pulse(tb, h, p) })
		})
		measure("close-beside-waits", idleWaits, func(tb *handle.Table, h, _ handle.Handle) {
			d, _ := tb.Duplicate(h, handle.SameRights)
			tb.Close(d)
		})
		measure("pulse-beside-operations", operations, pulse)
		measure("pulse-beside-queued", func(tb *handle.Table, h, p handle.Handle) {
			operations(tb, h, p)
			tb.Signal(h, 0, u1)
		}, pulse)
		measure("cancel-beside-operations", operations, func(tb *handle.Table, h, p handle.Handle) {
			tb.WaitAsync(h, p, 1<<40, u0, handle.WaitAsyncOnce)
			tb.CancelAsync(h, p, 1<<40)
		})
		measure("cancel-beside-packets", func(tb *handle.Table, _, p handle.Handle) {
			for range n {
				tb.QueuePacket(p, new(handle.Packet))
			}
		}, func(tb *handle.Table, h, p handle.Handle) {
			tb.WaitAsync(h, p, 1, u0, handle.WaitAsyncOnce)
			tb.CancelAsync(h, p, 1)
		})
		measure("packet-beside-packets", func(tb *handle.Table, _, p handle.Handle) {
			for range n {
				tb.QueuePacket(p, new(handle.Packet))
			}
		}, func(tb *handle.Table, _, p handle.Handle) {
			tb.QueuePacket(p, new(handle.Packet))
			tb.WaitPort(p, poll)
		})
	}
}
