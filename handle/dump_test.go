package handle_test

import (
	"errors"
	"io"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
)

// dump returns the page.
func dump(t *testing.T, tables ...*handle.Table) string {
	t.Helper()
	var b strings.Builder
	if err := handle.Dump(&b, tables...); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// wantLines checks that each line is in the page, in this order.
func wantLines(t *testing.T, page string, lines ...string) {
	t.Helper()
	rest := page
	for _, line := range lines {
		found := regexp.MustCompile(`(?m)^ *` + line + `$`).FindStringIndex(rest)
		if found == nil {
			t.Fatalf("no line %s in its place in\n%s", line, page)
		}
		rest = rest[found[1]:]
	}
}

func TestDumpOfSockets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := handle.NewTable(handle.WithName("a"), handle.WithEdition(handle.Zircon))
		b := handle.NewTable(handle.WithName("b"), handle.WithEdition(handle.Zircon))
		x, y, _ := mxsocket.Create(a, mxsocket.Datagram, mxsocket.WithCapacity(9000))
		y, _ = a.Transfer(y, b)
		for _, n := range []int{1, 127, 128, 5000, 3} {
			mxsocket.Write(a, x, 0, make([]byte, n))
		}
		mxsocket.SetDisposition(a, x, mxsocket.WriteDisabled, mxsocket.Unchanged)
		b.SetProperty(y, handle.SocketRxThreshold, 7)
		a.Duplicate(x, handle.RightRead)
		u, v, _ := mxsocket.Create(b, mxsocket.Stream, mxsocket.WithCapacity(4))
		mxsocket.Write(b, u, 0, []byte("1234"))
		b.Close(v)
		wantLines(t, dump(t, a, b),
			`2 tables, 4 handles, 0 blocked calls, 0 of them stuck .at the end.; 2000-01-01 .*`,
			`table a .zircon.: 2 of 262144 handles`,
			`socket koid \d+`,
			`0x[0-9a-f]+ .*MANAGE_SOCKET`, `0x[0-9a-f]+ READ`,
			`datagram, to read here: 0 of 9000 bytes in 0 datagrams`,
			`to read at the peer: 5259 of 9000 bytes in 5 datagrams, ended: this end may not write`,
			`asserts WRITE_DISABLED`,
			`peer koid \d+, held by b 0x[0-9a-f]+`,
			`table b .*`,
			`datagram, to read here: 5259 of 9000 bytes in 5 datagrams, ended: nobody may write more`,
			`thresholds: read 7, write 0`,
			`asserts .*READ_THRESHOLD`,
			`peer koid \d+, held by a 0x[0-9a-f]+, a 0x[0-9a-f]+`,
			`stream, to read here: 0 of 4 bytes`,
			`to read at the peer: nothing ever, it is gone`,
			`peer koid \d+, held by nobody in these tables`,
			`Nothing is stuck.`)
	})
}

// Handles to an object that the page has no table of are counted, and the others
// are listed.
func TestDumpOfSharedObjects(t *testing.T) {
	a, b := handle.NewTable(handle.WithName("a")), handle.NewTable(handle.WithName("b"))
	x, _ := handle.NewEvent(a)
	for range 3 {
		y, _ := a.Duplicate(x, handle.SameRights)
		if _, err := a.Transfer(y, b); err != nil {
			t.Fatal(err)
		}
	}
	wantLines(t, dump(t, a), `of 4 handles, 3 in no table given`)
	wantLines(t, dump(t, a, b), `table a .*`, `of 4 handles, here: a 0x[0-9a-f]+(, b 0x[0-9a-f]+){3}`)
}

func TestDumpOfBlockedCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := handle.NewTable() // without a name: since when is told of what has a deadline
		x, y, _ := mxsocket.Create(a, mxsocket.Stream)
		p, _ := handle.NewPort(a, handle.PortVersion)
		var wg sync.WaitGroup
		wg.Go(func() { a.WaitOne(x, handle.UserSignal3, time.Now().Add(time.Hour)) })
		wg.Go(func() { mxsocket.ReadFull(a, y, make([]byte, 7), time.Time{}) })
		synctest.Wait()
		page := dump(t, a)
		wantLines(t, page,
			`BLOCKED table \d+: WaitOne.0x[0-9a-f]+ for USER_3. on socket koid \d+, for 0s since \S+, until \S+`,
			`would end: signal at koid .*`, `or: signal its peer at koid .*`,
			`BLOCKED table \d+: ReadFull.0x[0-9a-f]+, 0 of 7 bytes. on socket koid \d+, since nobody noted when, no deadline`,
			`would end: write at koid .*`)
		mxsocket.Write(a, x, 0, []byte("1234567"))

		// And now since when is known of every call.
		wg.Go(func() { a.WaitPort(p, time.Time{}) })
		conn := mxsocket.NewConn(a, y)
		wg.Go(func() { conn.Read(make([]byte, 3)) })
		time.Sleep(2 * time.Minute)
		a.WaitAsync(x, p, 77, handle.Readable, handle.WaitAsyncRepeating)
		wantLines(t, dump(t, a),
			`WaitAsync at 0x[0-9a-f]+ for READABLE, key 77, repeating, to port koid \d+`,
			`BLOCKED .* WaitOne.*, for 2m0s since .*`,
			`BLOCKED .* ReadFull.*, 0 of 3 bytes. .*, for 2m0s since .*, until its context or the deadline of its Conn ends`,
			`packets: 0`, `operations: 1`, `key 77 for READABLE at 0x[0-9a-f]+ of table \d+`,
			`BLOCKED .* WaitPort.0x[0-9a-f]+. on port koid \d+, for 2m0s .*, no deadline`)
		conn.Close()
		a.QueuePacket(p, &handle.Packet{Key: 5})
		a.Signal(x, 0, handle.UserSignal3)
		wg.Wait()
		a.QueuePacket(p, &handle.Packet{Key: 6})
		wantLines(t, dump(t, a), `packets: 1`, `key 6 USER OK user `)
	})
}

// A writer that fails ends the page, and a table is there once however often it
// is given.
func TestDumpFails(t *testing.T) {
	a := handle.NewTable(handle.WithName("a"))
	handle.NewEvent(a)
	r, w := io.Pipe()
	r.CloseWithError(errors.ErrUnsupported)
	if err := handle.Dump(w, a); err != errors.ErrUnsupported {
		t.Errorf("Dump to a writer that fails: %v", err)
	}
	if n := strings.Count(dump(t, a, a), "table a"); n != 1 {
		t.Errorf("a table given twice is there %d times", n)
	}
}

// All that prints and finds runs beside all that changes; the race detector is
// the judge.
func TestDumpBesideWork(t *testing.T) {
	tables := []*handle.Table{handle.NewTable(handle.WithName("a")), handle.NewTable(handle.WithName("b"))}
	a, b := tables[0], tables[1]
	x, y, _ := mxsocket.Create(a, mxsocket.Stream, mxsocket.WithCapacity(64))
	y, _ = a.Transfer(y, b)
	p, _ := handle.NewPort(a, handle.PortVersion)
	a.WaitAsync(x, p, 1, handle.Readable, handle.WaitAsyncRepeating)
	var wg sync.WaitGroup
	const rounds = 300
	wg.Go(func() { // bytes there and back, that block
		for range rounds {
			mxsocket.WriteAll(a, x, make([]byte, 100), time.Time{})
			mxsocket.ReadFull(a, x, make([]byte, 10), time.Time{})
		}
	})
	wg.Go(func() {
		for range rounds {
			mxsocket.ReadFull(b, y, make([]byte, 100), time.Time{})
			mxsocket.WriteAll(b, y, make([]byte, 10), time.Now().Add(time.Hour))
		}
	})
	wg.Go(func() { // packets, and waits with a deadline
		for range rounds {
			a.QueuePacket(p, &handle.Packet{})
			a.WaitPort(p, time.Time{})
			a.WaitMany([]handle.WaitItem{{Handle: x, WaitFor: handle.UserSignal0}, {Handle: x}}, time.Now().Add(time.Microsecond))
		}
	})
	wg.Go(func() { // datagrams, handles that come and go, names
		u, v, _ := mxsocket.Create(b, mxsocket.Datagram)
		for range rounds {
			mxsocket.Write(b, u, 0, make([]byte, 30))
			mxsocket.Write(b, u, 0, make([]byte, 300))
			d, _ := b.Duplicate(v, handle.SameRights)
			d, _ = b.Transfer(d, a)
			handle.SetName(a, d, "moved")
			a.Close(d)
			mxsocket.Read(b, v, 0, make([]byte, 10))
		}
	})
	done := make(chan struct{})
	go func() { wg.Wait(); close(done) }()
	for {
		if err := handle.Dump(io.Discard, tables...); err != nil {
			t.Error(err)
		}
		handle.Stuck(b, a)
		for range a.Handles() {
		}
		select {
		case <-done:
			return
		default:
		}
	}
}
