package conformance

import (
	"fmt"
	"math/rand/v2"
	"time"

	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

const (
	// Sizes of a pump are up to these, mostly far smaller. A datagram of more
	// than 64 KiB is one that hosts do not have.
	pumpStream   = 128 << 10
	pumpDatagram = 32 << 10
	// pumpBurst is up to how many writes, or reads, follow each other.
	pumpBurst = 64
	// When neither side gets on the pump waits this long, this often, before
	// it takes the bytes for lost.
	pumpPatience = 200 * time.Millisecond
	pumpTries    = 5
)

// A pumping is the state of an OpPump.
type pumping struct {
	pl         *plan
	rng        *rand.Rand
	largest    uint64 // size of a write at most
	sent, got  uint64
	window     []byte // the pattern from position sent on
	windowBase uint64 // position of window[0]
	in         []byte
}

// pump moves bytes of the pattern by short writes and reads of sizes drawn
// from the seed and compares every one. It ends with OK and the number of
// bytes, with the status of a call that refuses for good, with TIMED_OUT when
// nothing arrives any more, or with IO_DATA_INTEGRITY at the first wrong byte;
// the note then says how far it came.
func (pl *plan) pump() trace.Result {
	u := pumping{pl: pl, rng: rand.New(rand.NewPCG(pl.call.Seed, 0)), largest: pumpStream}
	if pl.datagram {
		u.largest = pumpDatagram
	}
	u.in = pl.room(int(u.largest))
	tries := 0
	for u.got < pl.call.Bytes {
		sent, got := u.sent, u.got
		refused, end := u.write()
		if end == nil {
			end = u.read()
		}
		if end != nil {
			return *end
		}
		if u.sent != sent || u.got != got {
			tries = 0
			continue
		}
		if refused && u.sent == u.got && u.largest > 1 {
			// Everything has arrived and still there is no room: a datagram
			// that is larger than the socket.
			u.largest /= 2
			continue
		}
		if tries++; tries > pumpTries {
			return trace.Result{Status: status.ErrTimedOut,
				Note: fmt.Sprintf("nothing more arrives: %d bytes were accepted and %d came out", u.sent, u.got)}
		}
		// What this observes does not matter; the next round shows it.
		_, err := pl.to.WaitOne(pl.toH, handle.Readable|handle.PeerClosed, time.Now().Add(pumpPatience), nil)
		var r trace.Result
		if answer(&r, err); !waited(r.Status) || r.Unsupported != "" {
			return r
		}
	}
	return trace.Result{N: u.got}
}

// draw returns a size from 1 to most, small ones as likely as large ones.
func (u *pumping) draw(most uint64) uint64 {
	scale := uint64(1) << u.rng.IntN(18)
	return 1 + u.rng.Uint64N(min(scale, most))
}

// write writes until it is refused, or for a while.
func (u *pumping) write() (refused bool, end *trace.Result) {
	for range 1 + u.rng.IntN(pumpBurst) {
		left := u.pl.call.Bytes - u.sent
		if left == 0 {
			return false, nil
		}
		p := u.next(min(u.draw(u.largest), left))
		var r trace.Result
		n, err := u.pl.p.Write(u.pl.h, 0, p)
		count(&r, n, err)
		switch {
		case r.Status == status.ErrShouldWait:
			return true, nil
		case !r.OK():
			return false, &r
		case r.N > uint64(len(p)):
			r = broken(fmt.Sprintf("a write of %d bytes says that it took %d", len(p), r.N))
			return false, &r
		case r.N == 0:
			return true, nil
		}
		u.sent += r.N
	}
	return false, nil
}

// next returns the n bytes of the pattern from position sent on.
func (u *pumping) next(n uint64) []byte {
	at := u.sent - u.windowBase
	if at+n > uint64(len(u.window)) {
		if u.window == nil {
			u.window = make([]byte, pumpStream)
		}
		trace.FillPattern(u.window, u.sent)
		u.windowBase, at = u.sent, 0
	}
	return u.window[at : at+n]
}

// read reads until nothing is left, or for a while.
func (u *pumping) read() (end *trace.Result) {
	for range 1 + u.rng.IntN(pumpBurst) {
		size := uint64(len(u.in)) // a shorter read would lose part of a datagram
		if !u.pl.datagram {
			size = u.draw(size)
		}
		var r trace.Result
		n, err := u.pl.to.Read(u.pl.toH, 0, u.in[:size])
		count(&r, n, err)
		switch {
		case r.Status == status.ErrShouldWait:
			return nil
		case !r.OK():
			return &r
		case r.N > size:
			r = broken(fmt.Sprintf("a read into %d bytes says that it delivered %d", size, r.N))
			return &r
		case r.N == 0:
			return nil
		}
		if i := trace.MatchPattern(u.in[:r.N], u.got); uint64(i) < r.N {
			at := u.got + uint64(i)
			return &trace.Result{Status: status.ErrIODataIntegrity,
				Note: fmt.Sprintf("byte %d is %#02x and should be %#02x", at, u.in[i], trace.PatternAt(at))}
		}
		u.got += r.N
		if u.got > u.sent {
			r = broken(fmt.Sprintf("%d bytes came out where %d were accepted", u.got, u.sent))
			return &r
		}
	}
	return nil
}
