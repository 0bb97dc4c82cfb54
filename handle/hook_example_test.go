package handle_test

import (
	"log/slog"
	"os"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
)

// Every call of a table is logged, with the names that its objects have.
func ExampleLogHook() {
	log := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: steady}))
	t := handle.NewTable(handle.WithHook(handle.LogHook(log, slog.LevelInfo)))
	out, in, _ := mxsocket.Create(t.Behind(), mxsocket.Stream) // not logged
	handle.SetName(t, out, "stdout")
	handle.SetName(t, in, "stdin")

	mxsocket.WriteAll(t, out, []byte("hello"), time.Time{})
	t.WaitOne(in, handle.Readable, time.Time{})
	mxsocket.Read(t, in, 0, make([]byte, 3))
	t.Close(out)
	t.Close(handle.Invalid)
	// Output:
	// level=INFO msg=NewTable status=OK
	// level=INFO msg=WriteAll handle=stdout size=5 n=5 status=OK
	// level=INFO msg=WaitOne handle=stdin for=READABLE observed=READABLE|WRITABLE|LAST_HANDLE status=OK
	// level=INFO msg=Read handle=stdin size=3 n=3 status=OK
	// level=INFO msg=Close handle=stdout status=OK
	// level=INFO msg=Close handle=0x0 status=MX_ERR_BAD_HANDLE
}

// steady leaves out what differs from run to run.
func steady(_ []string, a slog.Attr) slog.Attr {
	switch a.Key {
	case slog.TimeKey, "goroutine", "took":
		return slog.Attr{}
	}
	return a
}
