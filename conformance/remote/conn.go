package remote

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// keptLines is how many of the last lines of output a failure shows, and
	// keptWidth how much of each.
	keptLines = 12
	keptWidth = 300
	// longestLine is more than any answer has: 256 MiB of data.
	longestLine = 600 << 20
)

// A stream is a connection to a kernel.
type stream interface {
	io.ReadWriter
	// kill ends the connection, and the kernel if it was started for it. It
	// says how the kernel ended, if that is known, and returns when nothing of
	// it is left. Reads and writes fail from then on.
	kill() string
	// done is called once kill has been and nobody reads any more.
	done()
}

// A conn is a stream that requests are sent on.
type conn struct {
	stream  stream
	timeout time.Duration
	wire    *track
	hello   hello

	// sending is held from a request to its first answer: the kernel gets one
	// at a time.
	sending sync.Mutex
	out     []byte      // the request, used again; guarded by sending
	watch   *time.Timer // fails the conn when it makes no progress

	progress atomic.Int64  // when the last byte that counts came or went
	gone     chan struct{} // closed when err is set
	read     chan struct{} // closed when the reader has returned

	mu      sync.Mutex
	number  uint64
	pending map[uint64]*request
	hellos  uint64   // requests up to this one are hello
	last    []string // lines of output, at most keptLines
	failing bool     // fail has been called
	err     error    // why nothing can be sent any more
	hung    bool     // it is that the kernel was silent
}

// A request waits for its answers.
type request struct {
	number  uint64
	parked  bool        // guarded by conn.mu
	answers chan answer // room for both
}

// epoch is what progress is counted from.
var epoch = time.Now()

func newConn(s stream, o Options, w *track) *conn {
	c := &conn{
		stream: s, timeout: o.CallTimeout, wire: w,
		gone: make(chan struct{}), read: make(chan struct{}),
		pending: make(map[uint64]*request),
	}
	c.watch = time.AfterFunc(time.Hour, c.look)
	c.watch.Stop()
	go c.reader()
	return c
}

// A deadError says why a kernel is not there any more.
type deadError struct {
	what string
	last []string
}

func (e *deadError) Error() string {
	if len(e.last) == 0 {
		return e.what + "; it had printed nothing"
	}
	return e.what + "; its last lines of output:\n    " + strings.Join(e.last, "\n    ")
}

// fail gives the kernel up, and returns when nothing of it is left. The first
// reason counts.
func (c *conn) fail(what string, hung bool) {
	c.mu.Lock()
	if c.failing {
		c.mu.Unlock()
		<-c.gone
		return
	}
	c.failing = true
	c.mu.Unlock()
	// The lock is free meanwhile: what the kernel still prints is kept.
	if how := c.stream.kill(); how != "" {
		what += " (" + how + ")"
	}
	c.wire.line('#', what)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hung = hung
	c.err = &deadError{what, c.last}
	close(c.gone)
}

// close ends a connection that is not needed any more.
func (c *conn) close() {
	c.fail(closedRemark, false)
	<-c.read
}

func (c *conn) dead() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// look is called when a request has been under way for a while.
func (c *conn) look() {
	silent := time.Since(epoch) - time.Duration(c.progress.Load())
	if silent < c.timeout {
		c.watch.Reset(c.timeout - silent)
		return
	}
	c.fail(fmt.Sprintf("the kernel did not answer within %v", c.timeout), true)
}

func (c *conn) progressed() { c.progress.Store(int64(time.Since(epoch))) }

// reader takes lines in until the stream ends.
func (c *conn) reader() {
	defer close(c.read)
	defer c.stream.done()
	r := bufio.NewReaderSize(c.stream, 64<<10)
	var long []byte
	for {
		part, err := r.ReadSlice('\n')
		if len(part) > 0 && (part[0] == '=' || len(long) > 0 && long[0] == '=') {
			c.progressed()
		}
		switch {
		case err == nil && long == nil:
			c.line(string(part))
		case err == nil:
			c.line(string(append(long, part...)))
			long = nil
		case errors.Is(err, bufio.ErrBufferFull):
			if len(long) == 0 || long[0] == '=' && len(long) < longestLine {
				long = append(long, part...)
			}
		default:
			if rest := string(append(long, part...)); rest != "" {
				c.output(rest)
			}
			what := "the kernel ended the connection"
			if !errors.Is(err, io.EOF) {
				what = "the connection broke: " + err.Error()
			}
			c.fail(what, false)
			return
		}
	}
}

// line deals with a line from the kernel.
func (c *conn) line(line string) {
	line = strings.TrimRight(line, "\r\n")
	if !isAnswer(line) {
		if line != "" {
			c.output(line)
		}
		return
	}
	c.wire.line('<', line)
	a, err := parseAnswer(line)
	if err != nil {
		c.nonsense(line, err.Error())
		return
	}
	c.mu.Lock()
	r := c.pending[a.number]
	switch {
	case r == nil && a.number <= c.hellos:
		c.mu.Unlock() // to another hello
		return
	case r == nil:
		c.mu.Unlock()
		c.nonsense(line, "no request with that number is under way")
		return
	case a.parked && r.parked:
		c.mu.Unlock()
		c.nonsense(line, "it was parked before")
		return
	}
	if a.parked {
		r.parked = true
	} else {
		delete(c.pending, a.number)
	}
	c.mu.Unlock()
	r.answers <- a
}

// nonsense gives up a kernel that does not keep to the protocol.
func (c *conn) nonsense(line, why string) {
	c.fail(fmt.Sprintf("the kernel answered %q: %s", shortened(line), why), false)
}

func shortened(line string) string {
	if len(line) > keptWidth {
		return line[:keptWidth] + "…"
	}
	return line
}

// output keeps a line that is no answer.
func (c *conn) output(line string) {
	line = strings.ToValidUTF8(strings.TrimRight(line, "\r\n"), "·")
	c.wire.line('|', line)
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.last) == keptLines {
		c.last = append(c.last[:0:0], c.last[1:]...)
	}
	c.last = append(c.last, shortened(line))
}

// begin makes a request that is to be sent.
func (c *conn) begin() (*request, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err != nil {
		return nil, c.err
	}
	c.number++
	r := &request{number: c.number, answers: make(chan answer, 2)}
	c.pending[r.number] = r
	return r, nil
}

// send sends a request and returns with its first answer.
func (c *conn) send(q *query) (*request, answer, error) {
	c.sending.Lock()
	defer c.sending.Unlock()
	r, err := c.begin()
	if err != nil {
		return nil, answer{}, err
	}
	c.progressed()
	c.watch.Reset(c.timeout)
	defer c.watch.Stop()
	if err := c.write(r, q); err != nil {
		return nil, answer{}, err
	}
	a, err := c.await(r)
	return r, a, err
}

// write sends the line of a request, in pieces, each of which counts as
// progress.
func (c *conn) write(r *request, q *query) error {
	c.out = q.appendTo(c.out[:0], r.number)
	if c.wire != nil {
		c.wire.line('>', string(c.out[:len(c.out)-1]))
	}
	const piece = 4096
	for rest := c.out; len(rest) > 0; {
		n, err := c.stream.Write(rest[:min(len(rest), piece)])
		c.progressed()
		if err != nil {
			// The reader knows better, if the kernel has ended.
			select {
			case <-c.gone:
			case <-time.After(KillGrace):
			}
			c.fail("the kernel takes no request: "+err.Error(), false)
			return c.dead()
		}
		rest = rest[n:]
	}
	return nil
}

// await returns the next answer to a request.
func (c *conn) await(r *request) (answer, error) {
	select {
	case a := <-r.answers:
		return a, nil
	case <-c.gone:
	}
	select {
	case a := <-r.answers: // it came before the end
		return a, nil
	default:
		return answer{}, c.dead()
	}
}

// call makes a request that does not park.
func (c *conn) call(q *query) (answer, error) {
	_, a, err := c.send(q)
	if err == nil && a.parked {
		c.fail(fmt.Sprintf("the kernel answered parked to %s, which is no wait", q.verb), false)
		return a, c.dead()
	}
	return a, err
}

// greet asks until the kernel says what it is.
func (c *conn) greet(patience time.Duration) error {
	q := newQuery("hello").number(Version)
	c.sending.Lock()
	defer c.sending.Unlock()
	end := time.NewTimer(patience)
	defer end.Stop()
	again := time.NewTicker(helloAgain)
	defer again.Stop()
	first := make(chan answer, 1)
	for {
		r, err := c.begin()
		if err != nil {
			return err
		}
		c.mu.Lock()
		c.hellos = r.number
		c.mu.Unlock()
		go func() { // a kernel that is not up yet may not read either
			if a, err := c.await(r); err == nil {
				select {
				case first <- a:
				default:
				}
			}
		}()
		wrote := make(chan struct{})
		go func() {
			c.write(r, q)
			close(wrote)
		}()
		select {
		case <-wrote:
		case <-end.C:
			c.fail(fmt.Sprintf("the kernel takes no request within %v", patience), true)
		case <-c.gone:
		}
		<-wrote
		select {
		case a := <-first:
			h, err := parseHello(&a)
			if err != nil {
				c.fail(err.Error(), false)
				return c.dead()
			}
			c.mu.Lock()
			c.hello = h
			clear(c.pending)
			c.mu.Unlock()
			return nil
		case <-again.C:
		case <-end.C:
			c.fail(fmt.Sprintf("the kernel did not answer hello within %v", patience), true)
		case <-c.gone:
			return c.dead()
		}
	}
}
