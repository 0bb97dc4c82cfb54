package linear

import (
	"runtime"
	"sync"
	"testing"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// A broken kernel makes right calls, but not at one instant.
type broken struct {
	conformance.Backend
	wrap func(conformance.Process) conformance.Process
}

func (b broken) Boot(e handle.Edition) (conformance.Kernel, error) {
	k, err := b.Backend.Boot(e)
	return brokenKernel{k, b.wrap}, err
}

type brokenKernel struct {
	conformance.Kernel
	wrap func(conformance.Process) conformance.Process
}

func (k brokenKernel) NewProcess(l conformance.Limits) (conformance.Process, error) {
	p, err := k.Kernel.NewProcess(l)
	if err != nil {
		return nil, err
	}
	return k.wrap(p), nil
}

// right is a process that transfers to processes wrapped like itself.
type right struct{ conformance.Process }

func (p right) inner() conformance.Process { return p.Process }

func (p right) Transfer(h handle.Handle, to conformance.Process) (handle.Handle, error) {
	return p.Process.Transfer(h, to.(interface{ inner() conformance.Process }).inner())
}

// pieceWrite takes a stream write in pieces of a byte, and lets go between.
type pieceWrite struct{ right }

func (p pieceWrite) Write(h handle.Handle, options uint32, b []byte) (int, error) {
	n, err := p.right.Write(h, options, b[:min(1, len(b))])
	for err == nil && n > 0 && n < len(b) {
		runtime.Gosched()
		k, e := p.right.Write(h, options, b[n:n+1])
		if e != nil {
			break
		}
		n += k
	}
	return n, err
}

// pieceRead does the same to reads.
type pieceRead struct{ right }

func (p pieceRead) Read(h handle.Handle, options uint32, b []byte) (int, error) {
	n, err := p.right.Read(h, options, b[:min(1, len(b))])
	for err == nil && n > 0 && n < len(b) {
		runtime.Gosched()
		k, e := p.right.Read(h, options, b[n:n+1])
		if e != nil {
			break
		}
		n += k
	}
	return n, err
}

// staleCount looks how much there is, lets go, and then reads that much.
type staleCount struct{ right }

func (p staleCount) Read(h handle.Handle, options uint32, b []byte) (int, error) {
	n, err := p.right.Outstanding(h)
	if err != nil || n == 0 {
		return p.right.Read(h, options, b)
	}
	runtime.Gosched()
	return p.right.Read(h, options, b[:min(n, len(b))])
}

// staleCheck finds out whether a write would fail, lets go, and then goes by
// what it found: a full socket is still full, whatever was read meanwhile, and
// one that had room reports success.
type staleCheck struct{ right }

func (p staleCheck) Write(h handle.Handle, options uint32, b []byte) (int, error) {
	seen, err := p.right.WaitOne(h, 0, past, nil)
	if err != error(status.ErrTimedOut) || options != 0 || len(b) == 0 || seen&handle.Writable == 0 {
		return p.right.Write(h, options, b)
	}
	runtime.Gosched()
	n, err := p.right.Write(h, options, b)
	if err == error(status.ErrShouldWait) {
		return len(b), nil // it had room a moment ago
	}
	return n, err
}

// slowSignal clears, lets go, and then sets.
type slowSignal struct{ right }

func (p slowSignal) Signal(h handle.Handle, clear, set handle.Signals) error {
	if err := p.right.Signal(h, clear, 0); err != nil {
		return err
	}
	runtime.Gosched()
	return p.right.Signal(h, 0, set)
}

// slowReplace makes a new handle, lets go, and then closes the old one.
type slowReplace struct{ right }

func (p slowReplace) Replace(h handle.Handle, r handle.Rights) (handle.Handle, error) {
	d, err := p.right.Duplicate(h, r)
	if err != nil {
		return p.right.Replace(h, r)
	}
	runtime.Gosched()
	return d, p.right.Close(h)
}

// hastyClose returns before it is done.
type hastyClose struct{ right }

func (p hastyClose) Close(h handle.Handle) error {
	if _, err := p.right.Info(h); err != nil {
		return err
	}
	go p.right.Close(h)
	return nil
}

// hastyHalfClose does so for half closes.
type hastyHalfClose struct{ right }

func (p hastyHalfClose) Write(h handle.Handle, options uint32, b []byte) (int, error) {
	if options != mxsocket.HalfClose {
		return p.right.Write(h, options, b)
	}
	if seen, err := p.right.WaitOne(h, 0, past, nil); err != error(status.ErrTimedOut) || seen&handle.PeerClosed != 0 {
		return p.right.Write(h, options, b)
	}
	go p.right.Write(h, options, nil)
	return 0, nil
}

// forgetfulWait reports what is asserted when it returns, and forgets what
// came and went.
type forgetfulWait struct{ right }

func (p forgetfulWait) WaitOne(h handle.Handle, s handle.Signals, deadline time.Time, parked func()) (handle.Signals, error) {
	seen, err := p.right.WaitOne(h, s, deadline, parked)
	if err == nil {
		if now, e := p.right.WaitOne(h, 0, past, nil); e == error(status.ErrTimedOut) {
			return now | seen&s, nil
		}
	}
	return seen, err
}

// deafWait looks, lets go, and only then listens for writes.
type deafWait struct {
	right
	mu      *sync.Mutex
	changed *chan struct{} // closed at each write, and made anew
}

func newDeafWait(p conformance.Process) conformance.Process {
	changed := make(chan struct{})
	return deafWait{right{p}, new(sync.Mutex), &changed}
}

func (p deafWait) Write(h handle.Handle, options uint32, b []byte) (int, error) {
	defer func() {
		p.mu.Lock()
		close(*p.changed)
		*p.changed = make(chan struct{})
		p.mu.Unlock()
	}()
	return p.right.Write(h, options, b)
}

func (p deafWait) WaitOne(h handle.Handle, s handle.Signals, deadline time.Time, parked func()) (handle.Signals, error) {
	if s != handle.Readable || !deadline.IsZero() {
		return p.right.WaitOne(h, s, deadline, parked)
	}
	seen, err := p.right.WaitOne(h, s, past, nil)
	if err != error(status.ErrTimedOut) {
		return seen, err
	}
	runtime.Gosched()
	p.mu.Lock()
	changed := *p.changed
	p.mu.Unlock()
	listening, gone := make(chan struct{}), make(chan struct{})
	go func() {
		seen, err = p.right.WaitOne(h, 0, deadline, func() { close(listening) })
		close(gone)
	}()
	select {
	case <-listening:
	case <-gone:
		return seen, err
	}
	parked()
	select {
	case <-gone:
		return seen, err
	case <-changed:
	}
	now, e := p.WaitOne(h, s, deadline, parked)
	if e == error(status.ErrBadHandle) {
		<-gone
		return seen, err
	}
	return now, e
}

// Every broken kernel is found out, and most of them only because calls
// overlap: to a caller who is alone they are right.
func TestBrokenKernelsAreFound(t *testing.T) {
	const most = 4000
	for _, b := range []struct {
		name  string
		alone bool // it is right as long as one goroutine calls
		wrap  func(conformance.Process) conformance.Process
	}{
		{"piece-write", true, func(p conformance.Process) conformance.Process { return pieceWrite{right{p}} }},
		{"piece-read", true, func(p conformance.Process) conformance.Process { return pieceRead{right{p}} }},
		{"stale-count", true, func(p conformance.Process) conformance.Process { return staleCount{right{p}} }},
		{"stale-check", true, func(p conformance.Process) conformance.Process { return staleCheck{right{p}} }},
		{"slow-signal", true, func(p conformance.Process) conformance.Process { return slowSignal{right{p}} }},
		{"slow-replace", true, func(p conformance.Process) conformance.Process { return slowReplace{right{p}} }},
		{"hasty-close", false, func(p conformance.Process) conformance.Process { return hastyClose{right{p}} }},
		{"hasty-half-close", false, func(p conformance.Process) conformance.Process { return hastyHalfClose{right{p}} }},
		{"forgetful-wait", true, func(p conformance.Process) conformance.Process { return forgetfulWait{right{p}} }},
		{"deaf-wait", true, newDeafWait},
	} {
		t.Run(b.name, func(t *testing.T) {
			kernel := broken{inproc.Backend(), b.wrap}
			for seed := uint64(0); b.alone && seed < long(100, 3); seed++ {
				c := config(seed)
				c.Datagram, c.Clients, c.Calls, c.Watchers = false, 1, 32, 0
				if v, err := recorded(t, kernel, c).Check(limit); v != nil || err != nil {
					t.Fatalf("one caller alone finds it wrong: %v %v", v, err)
				}
			}
			for seed := range uint64(most) {
				c := config(seed)
				c.Datagram = false // so that pieces are not told by a single caller
				v, err := recorded(t, kernel, c).Check(limit)
				if err != nil {
					t.Fatal(err)
				}
				if v != nil {
					t.Logf("found by history %d:\n%v", seed+1, v)
					return
				}
			}
			t.Errorf("%d histories were found right", most)
		})
	}
}

// The same wrapping around right calls is found right, so it is the faults
// that were found.
func TestWrappedKernelIsRight(t *testing.T) {
	check(t, broken{inproc.Backend(), func(p conformance.Process) conformance.Process { return right{p} }}, long(100, 20))
}
