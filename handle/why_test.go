package handle_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

func TestWhy(t *testing.T) {
	a := handle.NewTable(handle.WithName("a"), handle.WithHandleLimit(6))
	zircon := handle.NewTable(handle.WithEdition(handle.Zircon))
	x, y, _ := mxsocket.Create(a, mxsocket.Stream, mxsocket.WithCapacity(4))
	ev, _ := handle.NewEvent(a)
	port, _ := handle.NewPort(a, handle.PortVersion)
	none, _ := a.Duplicate(x, 0)
	old, _ := a.Duplicate(x, 0)
	a.Close(old)
	handle.SetName(a, x, "pipe")
	mxsocket.Write(a, y, 0, fourBytes)
	buf := make([]byte, 1)
	for _, tt := range []struct {
		call string
		err  error
		args []any
		want string
	}{
		{"Write", second(mxsocket.Write(a, none, 0, buf)), []any{none, 0, buf}, "MX_ERR_ACCESS_DENIED: it needs WRITE, and 0x"},
		{"Write", second(mxsocket.Write(a, ev, 0, buf)), []any{ev, 0, buf}, "MX_ERR_WRONG_TYPE: it needs a socket, and"},
		{"Write", second(mxsocket.Write(a, old, 0, buf)), []any{old}, "was a handle of a, and was closed, replaced or transferred (W-HANDLE)"},
		{"Write", second(mxsocket.Write(a, 0, 0, buf)), []any{handle.Invalid}, "0 is never a handle"},
		{"Write", second(mxsocket.Write(a, y, 0, buf)), []any{y, 0, buf}, "4 of 4 bytes wait to be read at the peer (W-FULL)"},
		{"Write", second(mxsocket.Write(a, y, 1, buf)), []any{y, 1, buf}, "HALF_CLOSE comes with 1 bytes (W-HALF-SIZE)"},
		{"Read", second(mxsocket.Read(a, y, 0, buf)), []any{y, 0, buf}, "nothing is there to read, but more may come (R-EMPTY)"},
		{"Duplicate", second(a.Duplicate(none, 0)), []any{none, handle.Rights(0)}, "it needs DUPLICATE"},
		{"Duplicate", second(a.Duplicate(x, handle.RightWait)), []any{x, handle.RightWait}, "WAIT was asked for, and"},
		{"Transfer", second(a.Transfer(x, zircon)), []any{x, zircon}, "of the edition zircon, and this one of manual (E-OWNER)"},
		{"Signal", a.Signal(x, 0, handle.Readable), []any{x, handle.Signals(0), handle.Readable}, "no program may set READABLE of a socket (S-USER)"},
		{"SignalPeer", a.SignalPeer(ev, 0, handle.UserSignal0), []any{ev, handle.UserSignal0}, "event has no peer"},
		{"WaitOne", second(a.WaitOne(port, 1, never)), []any{port}, "nothing can wait for a port"},
		{"WaitOne", second(a.WaitOne(x, 0, time.Unix(1, 0))), []any{x}, "its deadline passed (T-TIMEOUT)"},
		{"Write", status.ErrPeerClosed, []any{x, 0, buf}, "none of what it checks would refuse it now"},
		{"Wirte", status.ErrPeerClosed, nil, "there is no call of this name; near it: Write"},
		{"Write", errors.ErrUnsupported, nil, "not a status: unsupported"},
	} {
		why := handle.Why(a, tt.err, tt.call, tt.args...)
		if why == nil || !strings.Contains(why.Error(), tt.want) || !errors.Is(why, tt.err) {
			t.Errorf("%s: %v, want %s", tt.call, why, tt.want)
		}
	}
	if handle.Why(a, nil, "Write") != nil {
		t.Error("success has a reason")
	}
	var r *handle.Reason
	if !errors.As(handle.Why(a, status.ErrAccessDenied, "Write", none), &r) || r.Missing != handle.RightWrite || r.Handle != none || r.Clause != "W-RIGHTS" {
		t.Errorf("the reason is %+v", r)
	}
	a.Close(none)
	a.Duplicate(x, 0)
	a.Duplicate(x, 0)
	if why := handle.Why(a, second(a.Duplicate(x, 0)), "Duplicate", x); !strings.Contains(why.Error(), "a: it holds 6 of 6 handles (X-FULL)") {
		t.Error(why)
	}
}

func second[T any](_ T, err error) error { return err }

type silent struct{}

func (silent) Before(*handle.Call) {}
func (silent) After(*handle.Call)  {}

// A table with a hook is dumped, and found stuck, as any other.
func TestStuckWithAHook(t *testing.T) {
	each(t, func(s *scene) {
		a := handle.NewTable(handle.WithName("a"), handle.WithHook(silent{}))
		s.tables = append(s.tables, a, a)
		x, _ := s.pair(a, a)
		go a.WaitOne(x, readable, never)
		s.want("a WaitOne 2")
	})
}
