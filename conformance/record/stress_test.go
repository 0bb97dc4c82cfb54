package record_test

import (
	"math/rand/v2"
	"os"
	"runtime"
	"sync"
	"testing"
	"time"

	"mx.example/conformance/record"
	"mx.example/handle"
	"mx.example/mxsocket"
)

// Goroutines that make random calls on the same few handles at once: whatever
// order they ran in, one is found that explains them.
func TestOrderIsFound(t *testing.T) {
	runs := 6
	if os.Getenv("MXCONFORM_LONG") != "" {
		runs = 60
	}
	for run := range runs {
		e := handle.Editions()[run%3]
		r := record.New(1000)
		tb := handle.NewTable(handle.WithEdition(e), handle.WithHook(r))
		mode := mxsocket.Stream
		if run%2 == 1 {
			mode = mxsocket.Datagram
		}
		a, b, _ := mxsocket.Create(tb, mode, mxsocket.WithCapacity(6))
		portOptions := handle.PortVersion
		if e == handle.Zircon {
			portOptions = 0
		}
		p, _ := handle.NewPort(tb, portOptions)
		var all sync.WaitGroup
		for g := range 6 {
			all.Go(func() { randomCalls(tb, [2]handle.Handle{a, b}, p, rand.New(rand.NewPCG(uint64(run), uint64(g)))) })
		}
		all.Wait()
		wantRight(t, r)
	}
}

func randomCalls(tb *handle.Table, ends [2]handle.Handle, p handle.Handle, rnd *rand.Rand) {
	soon := func() time.Time { return time.Now().Add(time.Duration(rnd.IntN(200)) * time.Microsecond) }
	buf := make([]byte, 8)
	for range 15 {
		h := ends[rnd.IntN(2)]
		for i := range buf {
			buf[i] = 'a' + byte(rnd.IntN(26))
		}
		some := buf[:1+rnd.IntN(7)]
		switch rnd.IntN(12) {
		case 0, 1:
			mxsocket.Write(tb, h, 0, some)
		case 2, 3:
			mxsocket.Read(tb, h, 0, some)
		case 4:
			mxsocket.WriteAll(tb, h, some, soon())
		case 5:
			mxsocket.ReadFull(tb, h, some, soon())
		case 6:
			tb.Signal(h, handle.UserSignal0, handle.Signals(rnd.IntN(2))<<24)
		case 7:
			if d, err := tb.Duplicate(h, handle.SameRights); err == nil {
				tb.WaitOne(d, handle.Readable, soon())
				tb.Close(d)
			}
		case 8:
			tb.WaitOne(h, handle.Readable|handle.UserSignal0, soon())
		case 9:
			tb.WaitMany([]handle.WaitItem{{Handle: h, WaitFor: handle.Writable}, {Handle: ends[0], WaitFor: handle.Readable}}, soon())
		case 10:
			tb.QueuePacket(p, &handle.Packet{Key: uint64(rnd.IntN(9))})
		case 11:
			tb.WaitPort(p, soon())
		}
		runtime.Gosched()
	}
}
