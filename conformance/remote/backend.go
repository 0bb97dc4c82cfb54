package remote

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/oracle"
	"mx.example/conformance/posixfd/hostmodel"
	"mx.example/handle"
)

// A Backend is a kernel at the other end of a stream, and the connections to
// it. It may be used by several goroutines at once. Close ends it.
type Backend interface {
	conformance.Incomplete
	conformance.Describer
	// Close ends every connection and every program that was started. Kernels
	// still in use fail. The error is that of writing Options.Wire.
	Close() error
}

// A backend dials as many connections as the kernel has, keeps them, and dials
// again when one has died.
type backend struct {
	about string // where the kernel is
	dial  func() (stream, error)
	o     Options
	wire  *recorder

	hello   hello
	unheard error         // why there is no hello
	slots   chan struct{} // holds a token for each kernel in use

	mu     sync.Mutex
	idle   []*conn // connections that no kernel uses
	open   map[*conn]bool
	closed bool
	starts int   // failed starts in a row
	hangs  int   // kernels lost in a row because they were silent
	gaveUp error // why none is started any more
}

// newBackend makes a backend and gets to know the kernel.
func newBackend(about string, dial func() (stream, error), o Options) (Backend, error) {
	if o.Name != "" && !nameForm.MatchString(o.Name) {
		return nil, fmt.Errorf("the name %q: lower-case letters, digits and hyphens make one", o.Name)
	}
	b := &backend{about: about, dial: dial, o: o.withDefaults(), wire: newRecorder(o.Wire), open: make(map[*conn]bool)}
	c, err := b.start()
	if err != nil {
		// A kernel that does not come up is a fact about it, not a mistake of
		// the caller: Available tells it.
		b.unheard = err
		b.hello = hello{name: "remote", editions: handle.Editions(), kernels: 1}
	} else {
		b.hello = c.hello
		b.idle = append(b.idle, c)
	}
	b.slots = make(chan struct{}, b.hello.kernels)
	if k := b.hello.descriptor; k != "" {
		return &descriptor{backend: b, kind: k}, nil
	}
	return b, nil
}

// Name is what the options or the kernel say.
func (b *backend) Name() string {
	if b.o.Name != "" {
		return b.o.Name
	}
	return b.hello.name
}

// About says where the kernel is.
func (b *backend) About() string { return b.about }

// Editions are those that the kernel says.
func (b *backend) Editions() []handle.Edition { return b.hello.editions }

// Available says why the kernel did not come up, if it did not.
func (b *backend) Available() error { return b.unheard }

// Missing are the parts that the kernel says it lacks, and what the protocol has
// no request for.
func (b *backend) Missing() []conformance.Part {
	return append(slices.Clip(b.hello.lacks), conformance.PartBlockingCalls)
}

// start dials and greets.
func (b *backend) start() (*conn, error) {
	b.mu.Lock()
	if err := b.gaveUp; err != nil || b.closed {
		b.mu.Unlock()
		if err == nil {
			err = errClosed
		}
		return nil, err
	}
	b.mu.Unlock()
	c, err := b.dialAndGreet()
	b.mu.Lock()
	defer b.mu.Unlock()
	if err != nil {
		if b.starts++; b.starts >= giveUpStarts {
			b.gaveUp = fmt.Errorf("given up after %d failed starts in a row: %w", b.starts, err)
		}
		return nil, err
	}
	if b.closed {
		c.close()
		return nil, errClosed
	}
	b.starts = 0
	b.open[c] = true
	return c, nil
}

var errClosed = errors.New("the backend has been closed")

func (b *backend) dialAndGreet() (*conn, error) {
	s, err := b.dial()
	if err != nil {
		return nil, err
	}
	c := newConn(s, b.o, b.wire.conn())
	if o, ok := s.(interface{ errorsTo(func(string)) }); ok {
		o.errorsTo(c.output)
	}
	if err := c.greet(b.o.StartTimeout); err != nil {
		<-c.read
		return nil, err
	}
	return c, nil
}

// Boot makes a fresh kernel, in a connection that is there if one is. It waits
// while all kernels that may be there at once are in use.
func (b *backend) Boot(e handle.Edition) (conformance.Kernel, error) {
	b.slots <- struct{}{}
	c, err := b.freshKernel(e)
	if err != nil {
		<-b.slots
		return nil, err
	}
	return &kernel{b: b, c: c, edition: e}, nil
}

func (b *backend) freshKernel(e handle.Edition) (*conn, error) {
	q := newQuery("reset").word(e.String())
	for {
		b.mu.Lock()
		var c *conn
		if n := len(b.idle); n > 0 {
			c, b.idle = b.idle[n-1], b.idle[:n-1]
		}
		b.mu.Unlock()
		used := c != nil
		if !used {
			var err error
			if c, err = b.start(); err != nil {
				return nil, err
			}
		}
		a, err := c.call(q)
		if err == nil {
			if err = a.err(); err == nil {
				return c, nil
			}
			b.release(c, false)
			return nil, fmt.Errorf("reset %v: %w", e, err)
		}
		b.release(c, false)
		if !used {
			return nil, fmt.Errorf("reset %v: %w", e, err)
		}
		// It died of what came before, which is not this case's.
	}
}

// release takes a connection back from a kernel that is done with.
func (b *backend) release(c *conn, clean bool) {
	dead := c.dead() != nil
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case !dead && !b.closed:
		b.idle = append(b.idle, c)
	case dead:
		delete(b.open, c)
		if c.hung {
			if b.hangs++; b.hangs >= giveUpHangs {
				b.gaveUp = fmt.Errorf("given up after %d kernels in a row that hung: %w", b.hangs, c.dead())
			}
		}
	}
	if clean {
		b.hangs = 0
	}
}

func (b *backend) Close() error {
	b.mu.Lock()
	b.closed = true
	var all []*conn
	for c := range b.open {
		all = append(all, c)
	}
	clear(b.open)
	b.mu.Unlock()
	for _, c := range all {
		c.close()
	}
	return b.wire.failed()
}

// A descriptor is a backend whose kernel is a kind of descriptor of POSIX.
// What is judged by the name of the backend is judged by the kind.
type descriptor struct {
	*backend
	kind string
}

var _ conformance.Shadower = (*descriptor)(nil)

// Divergences are those of the kind, under the name of the backend.
func (d *descriptor) Divergences() []conformance.Divergence {
	list := hostmodel.DivergencesOf(d.kind)
	for i := range list {
		list[i].Kinds = []string{d.Name()}
		if match := list[i].Match; match != nil {
			list[i].Match = func(s *conformance.Situation) bool { return match(d.asKind(s)) }
		}
		if next := list[i].Next; next != nil {
			list[i].Next = nextAs(d, next)
		}
	}
	return list
}

// NewShadow is that of the kind.
func (d *descriptor) NewShadow(e handle.Edition) conformance.Shadow {
	return &shadow{d, hostmodel.New(d.kind, e)}
}

// asKind is a situation as the catalogue of the kind knows it.
func (d *descriptor) asKind(s *conformance.Situation) *conformance.Situation {
	of := *s
	of.Kind = d.kind
	if own, ok := s.Shadow.(*shadow); ok {
		of.Shadow = own.of
	}
	return &of
}

// A shadow is that of a kind, asked under the name of the backend.
type shadow struct {
	d  *descriptor
	of conformance.Shadow
}

func (s *shadow) Observe(sit *conformance.Situation) { s.of.Observe(s.d.asKind(sit)) }

func nextAs(d *descriptor, next func(*conformance.Situation) *oracle.State) func(*conformance.Situation) *oracle.State {
	return func(s *conformance.Situation) *oracle.State { return next(d.asKind(s)) }
}

// Graces says how slow the line may be: see [conformance.Slow].
func (b *backend) Graces() (call, closing time.Duration) {
	return b.o.CallTimeout / 5, 2 * b.o.CallTimeout
}
