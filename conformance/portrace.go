package conformance

import (
	"fmt"
	"math/rand/v2"
	"time"

	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// raceSpan is up to how long a wait of a race lasts.
const raceSpan = 100 * time.Microsecond

// portRace has a wait on an empty port end about when a packet comes, over and
// over: the packet is delivered, or it stays (P-WAIT). It ends with OK and the
// number of waits, with the status of a call that fails, or with IO_DATA_LOSS if
// a packet is in neither place.
func (pl *plan) portRace() trace.Result {
	p := pl.p.ports
	if p == nil {
		return noPorts()
	}
	rng := rand.New(rand.NewPCG(pl.call.Count, 0))
	type taken struct {
		pk  handle.Packet
		err error
	}
	for key := range pl.call.Count {
		span := time.Duration(rng.Int64N(int64(raceSpan)))
		until := time.Now().Add(span)
		waited := make(chan taken, 1)
		go func() {
			pk, err := p.WaitPort(pl.h, until, nil)
			waited <- taken{pk, err}
		}()
		time.Sleep(span)
		queued := p.QueuePacket(pl.h, &handle.Packet{Key: key})
		got := <-waited
		var r trace.Result
		if answer(&r, queued); !r.OK() {
			return r
		}
		answer(&r, got.err)
		if r.Status == status.ErrTimedOut && r.Unsupported == "" {
			r = trace.Result{}
			if got.pk, got.err = p.WaitPort(pl.h, past, nil); got.err != nil {
				return trace.Result{Status: status.ErrIODataLoss, Note: fmt.Sprintf("packet %d came as the wait for it timed out, and is in neither place", key)}
			}
		}
		if !r.OK() {
			return r
		}
		if got.pk.Key != key {
			return broken(fmt.Sprintf("packet %d was queued, and %d came", key, got.pk.Key))
		}
	}
	return trace.Result{N: pl.call.Count}
}
