package handle_test

import (
	"strings"
	"testing"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
)

// A Table that NewTable has not made is refused by every call, by a message
// that names the call, and nothing is half done.
func TestNilAndZeroTable(t *testing.T) {
	good := handle.NewTable()
	h := event(t, good)
	calls := map[string]func(tb *handle.Table){
		"handle.NewEvent":             func(tb *handle.Table) { handle.NewEvent(tb) },
		"handle.NewPort":              func(tb *handle.Table) { handle.NewPort(tb, handle.PortVersion) },
		"handle.(*Table).Edition":     func(tb *handle.Table) { tb.Edition() },
		"handle.(*Table).Close":       func(tb *handle.Table) { tb.Close(h) },
		"handle.(*Table).CloseAll":    func(tb *handle.Table) { tb.CloseAll() },
		"handle.(*Table).Duplicate":   func(tb *handle.Table) { tb.Duplicate(h, 0) },
		"handle.(*Table).Replace":     func(tb *handle.Table) { tb.Replace(h, 0) },
		"handle.(*Table).Transfer":    func(tb *handle.Table) { good.Transfer(h, tb) },
		"handle.(*Table).Info":        func(tb *handle.Table) { tb.Info(h) },
		"handle.(*Table).GetInfo":     func(tb *handle.Table) { tb.GetInfo(h, handle.TopicSocket) },
		"handle.(*Table).GetProperty": func(tb *handle.Table) { tb.GetProperty(h, handle.SocketRxThreshold) },
		"handle.(*Table).SetProperty": func(tb *handle.Table) { tb.SetProperty(h, handle.SocketRxThreshold, 1) },
		"handle.(*Table).Signal":      func(tb *handle.Table) { tb.Signal(h, 0, 0) },
		"handle.(*Table).SignalPeer":  func(tb *handle.Table) { tb.SignalPeer(h, 0, 0) },
		"handle.(*Table).WaitOne":     func(tb *handle.Table) { tb.WaitOne(h, 1, time.Time{}) },
		"handle.(*Table).WaitMany":    func(tb *handle.Table) { tb.WaitMany(nil, time.Time{}) },
		"handle.(*Table).WaitPort":    func(tb *handle.Table) { tb.WaitPort(h, time.Time{}) },
		"handle.(*Table).WaitAsync":   func(tb *handle.Table) { tb.WaitAsync(h, h, 0, 0, 0) },
		"handle.(*Table).CancelAsync": func(tb *handle.Table) { tb.CancelAsync(h, h, 0) },
		"handle.(*Table).CancelKey":   func(tb *handle.Table) { tb.CancelKey(h, 0, 0) },
		"handle.(*Table).QueuePacket": func(tb *handle.Table) { tb.QueuePacket(h, new(handle.Packet)) },
		"mxsocket.Create":             func(tb *handle.Table) { mxsocket.Create(tb, mxsocket.Stream) },
		"mxsocket.Write":              func(tb *handle.Table) { mxsocket.Write(tb, h, 0, nil) },
		"mxsocket.Read":               func(tb *handle.Table) { mxsocket.Read(tb, h, 0, nil) },
	}
	for name, call := range calls {
		for kind, tb := range map[string]*handle.Table{"nil": nil, "zero": new(handle.Table)} {
			func() {
				defer func() {
					want := "handle: " + name + " with a " + kind + " Table"
					if got, _ := recover().(string); !strings.HasPrefix(got, want) {
						t.Errorf("the panic is %q, want %q", got, want)
					}
				}()
				call(tb)
			}()
		}
	}
	if _, err := good.Info(h); err != nil {
		t.Error("the handle that was to be transferred is gone:", err)
	}
}
