package record_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/conformance/record"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// judged is what "mxconform run FILE" makes of a case.
func judged(t *testing.T, c *trace.Case) conformance.CaseResult {
	t.Helper()
	return conformance.RunCase(t.Context(), inproc.Backend(), c.Editions[0], c)
}

// wantRight writes what was recorded, which has to be explained and judged right,
// by its own lines and by the contract.
func wantRight(t *testing.T, r *record.Recorder) (c *trace.Case, text string) {
	t.Helper()
	c, text, err := written(t, r)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if out := judged(t, c); out.Outcome != conformance.Pass {
		t.Fatalf("judged %s: %s\n%s", out.Outcome, out.Detail, text)
	}
	f, err := conformance.Follow(inproc.Backend(), c.Editions[0])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i := range c.Steps {
		if o := f.Step(&c.Steps[i]); o != conformance.Pass {
			t.Fatalf("by the contract line %d is %s: %s\n%s", c.Steps[i].Line, o, f.Why, text)
		}
	}
	return c, text
}

// echoServer is a server with a goroutine for each of four clients, which are
// goroutines too.
func echoServer(t *testing.T, turns int, opts ...handle.Option) {
	const clients = 4
	server, client := handle.NewTable(opts...), handle.NewTable(opts...)
	l := mxsocket.Listen(server, "echo", mxsocket.WithCapacity(7))
	var all sync.WaitGroup
	for i := range clients {
		all.Go(func() {
			c, err := l.Accept()
			if err != nil {
				t.Error(err)
				return
			}
			defer c.Close()
			serve(t, c, i)
		})
		all.Go(func() {
			dialed, err := l.Dial(context.Background())
			if err != nil {
				t.Error(err)
				return
			}
			h, err := server.Transfer(dialed.Handle(), client)
			if err != nil {
				t.Error(err)
				return
			}
			defer client.Close(h)
			for k := range turns {
				said := fmt.Sprintf("%d says %d", i, k)
				heard := make([]byte, len(said))
				done := make(chan error, 1)
				go func() { _, err := mxsocket.WriteAll(client, h, []byte(said), time.Time{}); done <- err }()
				if _, err := mxsocket.ReadFull(client, h, heard, time.Time{}); err != nil || string(heard) != said || <-done != nil {
					t.Errorf("%q came back as %q: %v", said, heard, err)
				}
			}
		})
	}
	all.Wait()
}

// serve sends back what comes, in one of several ways.
func serve(t *testing.T, c net.Conn, way int) {
	switch way {
	case 0:
		if _, err := io.Copy(c, struct{ io.Reader }{c}); err != nil {
			t.Error(err)
		}
	case 1:
		if _, err := c.(*mxsocket.Conn).WriteTo(c); err != nil {
			t.Error(err)
		}
	default:
		for p := make([]byte, 5); ; {
			n, err := c.Read(p)
			if err == io.EOF {
				return
			}
			if _, werr := c.Write(p[:n]); err != nil || werr != nil {
				t.Error(err, werr)
				return
			}
		}
	}
}

// A run of an echo server with eight goroutines and more parses, replays and is
// judged right.
func TestEchoServer(t *testing.T) {
	r := record.New(10_000)
	echoServer(t, 5, handle.WithHook(r))
	_, text := wantRight(t, r)
	for _, want := range []string{"table t2", "transfer ", "g5: "} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %q in\n%s", want, text)
		}
	}
}

// What fell out of the recorder has left its effect: what is kept is judged all
// the same.
func TestBeginningIsDropped(t *testing.T) {
	for _, limit := range []int{40} {
		r := record.New(limit)
		echoServer(t, 20, handle.WithHook(r))
		c, text := wantRight(t, r)
		if !strings.Contains(c.Doc, "are not in it") || len(c.Steps) > 4*limit+200 {
			t.Errorf("with a limit of %d there are %d lines:\n%s", limit, len(c.Steps), text)
		}
	}
}

// A broken socket delivers, now and then, a byte that nobody wrote.
type broken struct {
	t     *handle.Table
	reads int
}

func (b *broken) read(h handle.Handle, p []byte) (n int, err error) {
	c := b.t.NewCall(handle.OpRead, h)
	defer c.End()
	c.Size = uint64(len(p))
	n, err = mxsocket.Read(c.Begin(), h, 0, p)
	if b.reads++; b.reads%5 == 0 && n > 1 {
		p[1] = 'X'
	}
	c.N, c.Err = n, err
	c.SetBuf(p[:n])
	return n, err
}

// A run against a broken socket is not explained, and what is written is judged
// wrong, where it went wrong.
func TestBrokenSocket(t *testing.T) {
	r := record.New(10_000)
	tb := handle.NewTable(handle.WithHook(r))
	in, out, _ := mxsocket.Create(tb, mxsocket.Stream)
	socket := &broken{t: tb}
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			for range 10 {
				mxsocket.WriteAll(tb, in, []byte(strings.Repeat(fmt.Sprint(i), i+1)+"."), time.Time{})
			}
		})
	}
	all.Go(func() {
		p := make([]byte, 8)
		for got := 0; got < 140; {
			n, err := socket.read(out, p)
			if err == status.ErrShouldWait {
				tb.WaitOne(out, handle.Readable, time.Time{})
			}
			got += n
		}
	})
	all.Wait()
	c, text, err := written(t, r)
	var unexplained *record.UnexplainedError
	if !errors.As(err, &unexplained) || !strings.Contains(unexplained.Line, "read b 8 -> OK") {
		t.Fatalf("%v\n%s", err, text)
	}
	res := judged(t, c)
	if res.Outcome != conformance.Fail || len(res.Steps) != len(c.Steps) {
		t.Errorf("judged %s at step %d of %d: %s\n%s", res.Outcome, len(res.Steps), len(c.Steps), res.Detail, text)
	}
}

// Waits stand as they were: where they block, and where they end.
func TestWaitsAreRecorded(t *testing.T) {
	r := record.New(100)
	tb := handle.NewTable(handle.WithHook(r))
	a, b, _ := mxsocket.Create(tb, mxsocket.Stream)
	handle.SetName(tb, b, "standard input")
	blocked, over := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(over)
		tb.WaitOneFunc(b, handle.Readable, time.Time{}, func() { close(blocked) })
	}()
	<-blocked
	mxsocket.Write(tb, a, 0, []byte("x"))
	<-over
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	tb.WaitOneContext(ctx, a, handle.Readable)
	tb.Close(b)
	_, text := wantRight(t, r)
	_, text, _ = strings.Cut(text, "\n\n")
	const want = `create stream -> OK a standard_input
g2: wait standard_input READABLE until=never
write a "x" -> OK 1
g2: -> OK READABLE WRITABLE LAST_HANDLE
wait a READABLE until=past -> TIMED_OUT WRITABLE LAST_HANDLE
close standard_input -> OK
`
	if text != want {
		t.Errorf("recorded\n%swant\n%s", text, want)
	}
}

// Nothing was recorded: there is no case.
func TestNothing(t *testing.T) {
	if err := record.New(0).Write(io.Discard, "nothing"); err == nil {
		t.Error("nothing was written, and that is no error")
	}
}
