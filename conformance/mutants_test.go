package conformance_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/conformance"
	"mx.example/handle"
	"mx.example/status"
)

// mutants are kernels with one mistake each.
var mutants = map[string]*mutant{
	"a datagram is cut to fit the room": {
		write: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			n, err := p.RawProcess.Write(h, options, b)
			for err == status.ErrShouldWait && len(b) > 1 {
				b = b[:len(b)-1]
				n, err = p.RawProcess.Write(h, options, b)
			}
			return n, err
		},
	},
	"a half close ends the other direction": {
		write: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			if peer, ok := p.k.peers[h]; ok && options == halfClose && len(b) == 0 {
				h = peer
			}
			return p.RawProcess.Write(h, options, b)
		},
	},
	"a half close is refused when repeated": {
		write: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			if options == halfClose {
				p.k.count++
				if p.k.count > 1 {
					return 0, status.ErrBadState
				}
			}
			return p.RawProcess.Write(h, options, b)
		},
	},
	"duplicate looks at the rights asked for before those it needs": {
		duplicate: func(p *mutantProcess, h handle.Handle, r handle.Rights) (handle.Handle, error) {
			if i, err := p.RawProcess.Info(h); err == nil && r != handle.SameRights && r&^i.Rights != 0 {
				return 0, status.ErrInvalidArgs
			}
			return p.RawProcess.Duplicate(h, r)
		},
	},
	"a write asks for the state before the options": {
		write: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			if _, err := p.RawProcess.Write(h, 0, nil); err == status.ErrPeerClosed && options > halfClose {
				return 0, err
			}
			return p.RawProcess.Write(h, options, b)
		},
	},
	"a wait that is canceled does not say HANDLE_CLOSED": {
		waitOne: func(p *mutantProcess, h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error) {
			seen, err := p.RawProcess.WaitOne(h, s, until, parked)
			return seen &^ handle.HandleClosed, err
		},
	},
	"a wait reports only what was asked for": {
		waitOne: func(p *mutantProcess, h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error) {
			seen, err := p.RawProcess.WaitOne(h, s, until, parked)
			if s != 0 {
				seen &= s | handle.HandleClosed
			}
			return seen, err
		},
	},
	"wait many fills in nothing when it times out": {
		waitMany: func(p *mutantProcess, items []handle.WaitItem, until time.Time, parked func()) error {
			err := p.RawProcess.WaitMany(items, until, parked)
			if err == status.ErrTimedOut {
				for i := range items {
					items[i].Pending = 0
				}
			}
			return err
		},
	},
	"a short write reports the full size": {
		write: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			n, err := p.RawProcess.Write(h, options, b)
			if err == nil {
				n = len(b)
			}
			return n, err
		},
	},
	"a write that is full takes nothing and says OK": {
		write: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			n, err := p.RawProcess.Write(h, options, b)
			return n, unless(err, status.ErrShouldWait, status.OK)
		},
	},
	"a stale handle works on what was made last": {
		read: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			n, err := p.RawProcess.Read(h, options, b)
			if err == status.ErrBadHandle && p.k.peers[h] != 0 {
				return p.RawProcess.Read(p.k.last, options, b)
			}
			return n, err
		},
	},
	"closing twice is fine": {
		close: func(p *mutantProcess, h handle.Handle) error {
			return unless(p.RawProcess.Close(h), status.ErrBadHandle, status.OK)
		},
	},
	"a read delivers a wrong byte far into a stream": {
		read: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			n, err := p.RawProcess.Read(h, options, b)
			before := p.k.count
			p.k.count += n
			if before < 1<<19 && p.k.count >= 1<<19 {
				b[0] ^= 1
			}
			return n, err
		},
	},
	"a read says that it failed, and a count": {
		read: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			n, err := p.RawProcess.Read(h, options, b)
			if err != nil {
				n = len(b)
			}
			return n, err
		},
	},
	"the query forgets all after the first eight bytes": {
		query: func(p *mutantProcess, h handle.Handle) (int, error) {
			n, err := p.RawProcess.Outstanding(h)
			return min(n, 8), err
		},
	},
	"the capacity is one byte less than it should be": {
		create: func(p *mutantProcess, options uint32, capacity *uint64) (handle.Handle, handle.Handle, error) {
			if capacity == nil {
				n := uint64(128*2008 - 1)
				capacity = &n
			}
			return p.RawProcess.Create(options, capacity)
		},
	},
	"signals are set before others are cleared": {
		signal: func(p *mutantProcess, h handle.Handle, clear, set handle.Signals) error {
			return p.RawProcess.Signal(h, clear, set&^clear)
		},
	},
	"a koid is not the same twice": {
		info: func(p *mutantProcess, h handle.Handle) (handle.Info, error) {
			i, err := p.RawProcess.Info(h)
			p.k.count++
			i.Koid += handle.Koid(p.k.count) << 32
			return i, err
		},
	},
	"both endpoints have one koid": {
		info: func(p *mutantProcess, h handle.Handle) (handle.Info, error) {
			i, err := p.RawProcess.Info(h)
			if i.RelatedKoid != 0 {
				i.Koid = min(i.Koid, i.RelatedKoid)
				i.RelatedKoid = i.Koid
			}
			return i, err
		},
	},
	"a failed raw write stores a count": {
		writeRaw: func(p *mutantProcess, h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error {
			err := p.RawProcess.WriteRaw(h, options, addr, size, actual)
			if err == status.ErrInvalidArgs && actual != nil && addr == 0 {
				*actual = 0
			}
			return err
		},
	},
	"a raw query does not store the count": {
		readRaw: func(p *mutantProcess, h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error {
			if addr == 0 && size == 0 {
				actual = nil
			}
			return p.RawProcess.ReadRaw(h, options, addr, size, actual)
		},
	},
	"OK comes as an error": {
		close: func(p *mutantProcess, h handle.Handle) error {
			if err := p.RawProcess.Close(h); err != nil {
				return err
			}
			return status.OK
		},
	},
	"a write panics": {
		write: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			panic("out of order")
		},
	},
	"a wait panics": {
		waitOne: func(p *mutantProcess, h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error) {
			panic("out of order")
		},
	},
	"a kernel cannot be closed": {
		closeAll: func(k *mutantKernel) error {
			k.Kernel.Close()
			return status.ErrBadState
		},
	},
}

// stuck are kernels in which a call sleeps until end is closed.
var stuck = map[string]struct {
	alter  func(b *mutant, end chan struct{})
	detail string
}{
	"a wait misses that its handle is closed": {
		func(b *mutant, end chan struct{}) {
			b.waitOne = func(p *mutantProcess, h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error) {
				seen, err := p.RawProcess.WaitOne(h, s, until, parked)
				if err == status.ErrCanceled {
					<-end // not even the end of the kernel wakes it
				}
				return seen, err
			}
		},
		"did not return within 1s",
	},
	"a wait misses its deadline": {
		func(b *mutant, end chan struct{}) {
			b.waitOne = func(p *mutantProcess, h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error) {
				if time.Until(until) > 0 {
					until = time.Time{}
				}
				return p.RawProcess.WaitOne(h, s, until, parked)
			}
		},
		"did not return within 1",
	},
	"a write never returns": {
		func(b *mutant, end chan struct{}) {
			b.write = func(p *mutantProcess, h handle.Handle, options uint32, buf []byte) (int, error) {
				<-end
				return 0, status.ErrInternal
			}
		},
		"did not end within 1m0s",
	},
}

// firstFailure runs the suite until a case fails.
func firstFailure(t *testing.T, b conformance.Backend) (failed conformance.CaseResult) {
	cases := conformance.Cases()
	for _, e := range b.Editions() {
		for i := range cases {
			if r := conformance.RunCase(t.Context(), b, e, &cases[i]); r.Outcome.Bad() {
				return r
			}
		}
	}
	return failed
}

func TestTheStraightKernelPasses(t *testing.T) {
	if r := firstFailure(t, &mutant{}); r.Outcome != "" {
		t.Fatalf("%s on %s: %s", r.Case, r.Backend, r.Detail)
	}
}

// Of the mistakes every fourth is made, or all if MXCONFORM_LONG is set.
func TestWrongKernelsAreCaught(t *testing.T) {
	for i, mistake := range slices.Sorted(maps.Keys(mutants)) {
		if i%4 != 0 && os.Getenv("MXCONFORM_LONG") == "" {
			continue
		}
		t.Run(mistake, func(t *testing.T) {
			r := firstFailure(t, mutants[mistake])
			if r.Outcome != conformance.Fail {
				t.Fatal("no case fails")
			}
			t.Logf("%s: %s", r.Case, r.Detail)
		})
	}
}

func TestStuckKernelsAreCaught(t *testing.T) {
	for _, mistake := range slices.Sorted(maps.Keys(stuck)) {
		t.Run(mistake, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { // its clock does not make anybody wait
				end := make(chan struct{})
				defer close(end)
				var b mutant
				stuck[mistake].alter(&b, end)
				r := firstFailure(t, &b)
				if r.Outcome != conformance.Fail || !strings.Contains(r.Detail, stuck[mistake].detail) {
					t.Errorf("wanted a failure with %q, got %q: %s", stuck[mistake].detail, r.Outcome, r.Detail)
				}
			})
		})
	}
}
