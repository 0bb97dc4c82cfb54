package schedule

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"testing"

	"mx.example/conformance/schedule/step"
	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// An adapter is a scene with a Conn or a Listener, which no case can name, and the
// calls that are made on it at the same time.
type adapter struct {
	name string
	// stage makes the scene, and returns the calls. Each returns what is wrong
	// with its answer.
	stage func(x *stage) []func() error
	// left is how many handles there are when the calls are over, or -1.
	left int
}

// A stage is what a scene is made of.
type stage struct {
	t     *handle.Table
	a     handle.Handle
	conn  *mxsocket.Conn // over the other end
	over  []bool
	wrong []error
	count int
}

var adapters = []adapter{
	{"two readers of a Conn", func(x *stage) []func() error {
		mxsocket.Write(x.t, x.a, 0, []byte("xy"))
		return []func() error{x.reads(1, nil), x.reads(1, nil)}
	}, 2},
	{"a reader, a writer and a reader in turn", func(x *stage) []func() error {
		return []func() error{x.reads(1, nil), x.reads(1, nil), func() error {
			_, err := mxsocket.Write(x.t, x.a, 0, []byte("xy"))
			return err
		}}
	}, 2},
	{"a reader of a Conn and its Close", func(x *stage) []func() error {
		return []func() error{x.reads(0, net.ErrClosed), x.conn.Close}
	}, 1},
	{"two readers of a Conn and its Close", func(x *stage) []func() error {
		return []func() error{x.reads(0, net.ErrClosed), x.reads(0, net.ErrClosed), x.conn.Close}
	}, 1},
	{"a Dial and a Close", func(x *stage) []func() error {
		l := mxsocket.Listen(x.t, "")
		return []func() error{func() error {
			c, err := l.Dial(context.Background())
			if err != nil {
				return is(err, status.ErrIORefused)
			}
			defer c.Close()
			if n, err := c.Read(make([]byte, 1)); err != io.EOF {
				return fmt.Errorf("a Conn that nobody accepts reads %d, %v", n, err)
			}
			return nil
		}, l.Close}
	}, 2},
	{"a Dial, an Accept and a Close", func(x *stage) []func() error {
		l := mxsocket.Listen(x.t, "")
		return []func() error{func() error {
			c, err := l.Dial(context.Background())
			if err == nil {
				return c.Close()
			}
			return is(err, status.ErrIORefused)
		}, func() error {
			c, err := l.Accept()
			if err == nil {
				return c.Close()
			}
			return is(err, net.ErrClosed)
		}, l.Close}
	}, 2},
}

func is(err, want error) error {
	if errors.Is(err, want) && !errors.Is(err, os.ErrDeadlineExceeded) {
		return nil
	}
	return fmt.Errorf("%v, want %v", err, want)
}

// reads is a Read of the Conn that is to get n bytes, or fail.
func (x *stage) reads(n int, want error) func() error {
	return func() error {
		k, err := x.conn.Read(make([]byte, 1))
		if k != n {
			return fmt.Errorf("read %d, %v; want %d bytes", k, err, n)
		}
		if want == nil {
			return err
		}
		return is(err, want)
	}
}

// program is the adapter for package step to run.
func (d *adapter) program(e handle.Edition) step.Program {
	var x *stage
	return step.Program{
		Tokens: true, // that of a turn only says to look again
		Start: func() (threads []func()) {
			x = &stage{t: handle.NewTable(handle.WithEdition(e))}
			a, b, err := mxsocket.Create(x.t, mxsocket.Stream)
			if err != nil {
				x.wrong = append(x.wrong, err)
			}
			x.a, x.conn = a, mxsocket.NewConn(x.t, b)
			for i, call := range d.stage(x) {
				x.over = append(x.over, false)
				threads = append(threads, func() {
					if err := call(); err != nil {
						x.wrong = append(x.wrong, err)
					}
					x.over[i] = true
				})
			}
			return threads
		},
		Quiet: func() {
			for i, over := range x.over {
				if !over {
					x.wrong = append(x.wrong, fmt.Errorf("call %d is asleep, and nobody is left to wake it", i+1))
				}
			}
			for range x.t.Handles() {
				x.count++
			}
			x.conn.Close()
			x.t.CloseAll()
		},
		End: func(*step.Run) error {
			if len(x.wrong) == 0 && x.count != d.left {
				return fmt.Errorf("%d handles are left, want %d", x.count, d.left)
			}
			return errors.Join(x.wrong...)
		},
	}
}

// adapterPlantings are the faults of the adapters. Their family is a scene.
var adapterPlantings = []planting{
	{
		"a reader looks for its turn before it says that it waits", "two readers of a Conn", "mxsocket/deadline.go",
		"	for !t.taken.CompareAndSwap(false, true) {\n",
		`	blind := step.Planted("a reader looks for its turn before it says that it waits")
	for blind || !t.taken.CompareAndSwap(false, true) {
		blind = false
`,
	},
	{
		"Close ends deadlines before the handle", "a reader of a Conn and its Close", "mxsocket/conn.go",
		"	err := status.ErrBadHandle.Err()\n",
		`	if step.Planted("Close ends deadlines before the handle") {
		c.reading.shut()
	}
	err := status.ErrBadHandle.Err()
`,
	},
	{
		"a Dial does not look again", "a Dial and a Close", "mxsocket/listener.go",
		"			if isClosed(l.done) {\n",
		"			if !step.Planted(\"a Dial does not look again\") && isClosed(l.done) {\n",
	},
}

// Calls on a Conn and on a Listener, in every order of their steps that can make
// a difference.
func TestAdapters(t *testing.T) {
	for _, e := range handle.Editions() {
		for _, d := range adapters {
			t.Run(e.String()+"/"+strings.ReplaceAll(d.name, " ", "-"), func(t *testing.T) {
				found := job{Edition: e, Family: d.name}.run(t)
				if found.Failure != nil {
					t.Fatal(found.Failure)
				}
				t.Logf("%+v", found.Counts)
			})
		}
	}
}

// Each fault of the adapters is found.
func TestAdapterPlantingsAreFound(t *testing.T) {
	for _, p := range adapterPlantings {
		if !explorer(t).planted[p.name] {
			t.Fatalf("the text that it changes is in %s no more, or more than once:\n%s", p.file, p.old)
		}
		found := job{Edition: handle.Manual, Family: p.family, Planted: p.name}.run(t)
		if found.Failure == nil {
			t.Fatalf("%s: %d schedules are right", p.name, found.Counts.Schedules)
		}
		t.Logf("%s: found by schedule %d\n%v", p.name, found.Counts.Schedules, found.Failure)
	}
}
