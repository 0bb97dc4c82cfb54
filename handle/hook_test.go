package handle_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/explore"
	"mx.example/conformance/inproc"
	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// A listener is a hook that checks what it is told, and writes it down.
type listener struct {
	t     *testing.T
	mu    sync.Mutex
	under map[uint64]handle.Op // what each goroutine has under way
	ops   map[handle.Op]int
	text  []string // "Write 3 OK"
}

func newListener(t *testing.T) *listener {
	return &listener{t: t, under: make(map[uint64]handle.Op), ops: make(map[handle.Op]int)}
}

func (l *listener) Before(c *handle.Call) {
	l.mu.Lock()
	defer l.mu.Unlock()
	g := c.Goroutine()
	if op := l.under[g]; op != 0 || c.Began == 0 || c.Ended != 0 || c.BeganAt.IsZero() || c.Table == nil {
		l.t.Errorf("before %v %d–%d on goroutine %d, which is in %v", c.Op, c.Began, c.Ended, g, op)
	}
	l.under[g] = c.Op
}

func (l *listener) After(c *handle.Call) {
	l.mu.Lock()
	defer l.mu.Unlock()
	g := c.Goroutine()
	if op := l.under[g]; op != c.Op || c.Ended <= c.Began || c.EndedAt.Before(c.BeganAt) {
		l.t.Errorf("after %v %d–%d on goroutine %d, which is in %v", c.Op, c.Began, c.Ended, g, op)
	}
	delete(l.under, g)
	l.ops[c.Op]++
	text := fmt.Sprintf("%v %d %q", c.Op, c.N, c.Buf)
	if c.Err != nil {
		text += " " + c.Err.Error()
	}
	l.text = append(l.text, text)
}

// A table with a hook answers as one without, to random calls beside the oracle;
// the hook is told of all of them, before and after, on the goroutine that makes
// them.
func TestHookedTablesAnswerAsEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newListener(t)
		r := explore.Random(t.Context(), []conformance.Backend{inproc.BackendWith(handle.WithHook(l))},
			explore.RandomOptions{Seed: 7, Calls: 15_000})
		for _, b := range r.Backends {
			for _, f := range b.Failures {
				t.Errorf("%s: %s\n%s", b.Name, f.Detail, f.Text)
			}
		}
		for _, op := range []handle.Op{
			handle.OpNewTable, handle.OpClose, handle.OpDuplicate, handle.OpReplace, handle.OpTransfer, handle.OpInfo,
			handle.OpGetProperty, handle.OpSetProperty, handle.OpSignal, handle.OpSignalPeer, handle.OpWaitOne, handle.OpWaitMany,
			handle.OpNewEvent, handle.OpNewPort, handle.OpQueuePacket, handle.OpWaitPort, handle.OpWaitAsync, handle.OpCancelAsync,
			handle.OpCreate, handle.OpWrite, handle.OpRead, handle.OpWriteRaw, handle.OpReadRaw, handle.OpOutstanding, handle.OpSetDisposition,
		} {
			if l.ops[op] == 0 {
				t.Errorf("of %d calls of a campaign none was a %v", len(l.text), op)
			}
		}
	})
}

// Calls that the suite does not make are told, too, and return what they return
// without a hook.
func TestHookIsToldOfEveryCall(t *testing.T) {
	l := newListener(t)
	tb := handle.NewTable(handle.WithEdition(handle.Zircon), handle.WithHook(l))
	other := handle.NewTable(handle.WithEdition(handle.Zircon), handle.WithHook(l))
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	past := time.Unix(1, 0)

	a, b, _ := mxsocket.Create(tb, mxsocket.Stream)
	p, _ := handle.NewPort(tb, 0)
	buf := make([]byte, 8)
	n, err := mxsocket.WriteAll(tb, a, []byte("abc"), time.Time{})
	want := func(n int, err error, wantN int, wantErr error) {
		t.Helper()
		if n != wantN || !errors.Is(err, wantErr) {
			t.Errorf("%d, %v; want %d, %v", n, err, wantN, wantErr)
		}
	}
	want(n, err, 3, nil)
	n, err = mxsocket.WriteAllContext(ended, tb, a, []byte("def"))
	want(n, err, 3, nil)
	n, err = mxsocket.ReadFull(tb, b, buf[:4], past)
	want(n, err, 4, nil)
	n, err = mxsocket.ReadFullContext(ended, tb, b, buf)
	want(n, err, 2, context.Canceled)
	_, err = tb.WaitOneContext(ended, b, handle.Readable)
	want(0, err, 0, status.ErrCanceled)
	want(0, tb.WaitManyContext(ended, []handle.WaitItem{{Handle: b}}), 0, status.ErrCanceled)
	_, err = tb.WaitPortContext(ended, p)
	want(0, err, 0, status.ErrCanceled)
	want(0, tb.CancelKey(p, 0, 1), 0, status.ErrNotFound)
	_, err = tb.GetInfo(a, handle.TopicSocket)
	want(0, err, 0, nil)

	ca, cb := mxsocket.NewConn(tb, a), mxsocket.NewConn(tb, b)
	n, err = ca.Write([]byte("hello"))
	want(n, err, 5, nil)
	n, err = cb.Read(buf)
	want(n, err, 5, nil)
	k, err := ca.ReadFrom(strings.NewReader("copied"))
	want(int(k), err, 6, nil)
	want(0, ca.CloseWrite(), 0, nil)
	k, err = cb.WriteTo(io.Discard)
	want(int(k), err, 6, nil)
	moved, err := tb.Transfer(b, other)
	want(0, err, 0, nil)
	want(0, other.Close(moved), 0, nil)
	want(0, ca.Close(), 0, nil)
	tb.CloseAll()

	got := strings.Join(l.text, "\n")
	exp := strings.Join([]string{
		`NewTable 0 ""`, `NewTable 0 ""`, `Create 0 ""`, `NewPort 0 ""`,
		`WriteAll 3 "abc"`, `WriteAll 3 "def"`, `ReadFull 4 "abcd"`,
		`ReadFull 2 "ef" CANCELED: context canceled`, `WaitOne 0 "" CANCELED: context canceled`,
		`WaitMany 0 "" CANCELED: context canceled`, `WaitPort 0 "" CANCELED: context canceled`,
		`CancelKey 0 "" NOT_FOUND`, `GetInfo 0 ""`,
		`WriteAll 5 "hello"`, `ReadFull 5 "hello"`, `WriteAll 6 "copied"`, `SetDisposition 0 ""`, `Read 6 "copied"`,
		`Transfer 0 ""`, `Close 0 ""`, `Close 0 ""`, `Close 0 ""`,
	}, "\n")
	if got = strings.ReplaceAll(strings.ReplaceAll(got, "MX_ERR_", ""), "ZX_ERR_", ""); got != exp {
		t.Errorf("the hook was told\n%s\nwant\n%s", got, exp)
	}
}

// A call that panics is over for the hooks, too, and so is one whose goroutine
// ends in it.
func TestHookIsToldOfPanics(t *testing.T) {
	l := newListener(t)
	tb := handle.NewTable(handle.WithHook(l))
	h := event(t, tb)
	func() {
		defer func() { recover() }()
		tb.WaitOneFunc(h, u0, time.Time{}, func() { panic("parked") })
	}()
	if last := l.text[len(l.text)-1]; !strings.Contains(last, handle.ErrPanicked.Error()) || len(l.under) != 0 {
		t.Errorf("the hook was told %q; under way: %v", last, l.under)
	}
	if _, err := tb.WaitOne(h, 0, time.Unix(1, 0)); err != status.ErrTimedOut {
		t.Errorf("after the panic: %v", err)
	}
}

// Hooks are told one after the other, and a table without them has no field that
// knows of them but one.
func TestSeveralHooks(t *testing.T) {
	var told []string
	note := func(name string) handle.Hook { return noted{name, &told} }
	tb := handle.NewTable(handle.WithHook(note("one")), handle.WithHook(note("two")))
	event(t, tb)
	if want := []string{"one", "two", "one", "two"}; !slices.Equal(told, want) {
		t.Errorf("told: %v, want %v", told, want)
	}
	if tb.Edition() != handle.Manual || !tb.Hooked() || tb.Behind().Hooked() || handle.NewTable().Hooked() {
		t.Error("which tables are hooked is wrong")
	}
	defer func() {
		if recover() == nil {
			t.Error("WithHook(nil) was accepted")
		}
	}()
	handle.WithHook(nil)
}

type noted struct {
	name string
	told *[]string
}

func (n noted) Before(*handle.Call)  {}
func (n noted) After(c *handle.Call) { *n.told = append(*n.told, n.name) }

// Where the logger is not enabled, a call with a log hook allocates nothing, and
// the buffers of calls are no reason for a caller to allocate.
func TestSilentLogHookAllocatesNothing(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	tb := handle.NewTable(handle.WithHook(handle.LogHook(log, slog.LevelInfo)))
	a, b, _ := mxsocket.Create(tb, mxsocket.Stream)
	turn := func() {
		var p [16]byte
		mxsocket.Write(tb, a, 0, p[:])
		mxsocket.Read(tb, b, 0, p[:])
		tb.Signal(a, 0, u0)
	}
	// The least, for under the race detector a sync.Pool forgets at random.
	least := testing.AllocsPerRun(1, turn)
	for range 100 {
		least = min(least, testing.AllocsPerRun(1, turn))
	}
	if least != 0 {
		t.Errorf("%v allocations", least)
	}
}

// Names, listings and what is printed are of the table behind the hooks.
func TestHookedTablesHaveNames(t *testing.T) {
	table := handle.NewTable(handle.WithHook(newListener(t)), handle.WithName("shell"), handle.WithHandleLimit(5))
	h, err := handle.NewEvent(table)
	if err != nil {
		t.Fatal(err)
	}
	if err := handle.SetName(table, h, "stdin"); err != nil {
		t.Fatal(err)
	}
	if name, err := handle.Name(table, h); name != "stdin" || err != nil {
		t.Errorf("the event is called %q, %v", name, err)
	}
	listed := 0
	for k := range table.Handles() {
		if listed++; k != h {
			t.Errorf("there is a handle %d", k)
		}
	}
	if got, want := table.String(), "table shell (manual): 1 of 5 handles"; got != want || listed != 1 || table.Name() != "shell" {
		t.Errorf("got %q with %d handles listed, want %q", got, listed, want)
	}
}
