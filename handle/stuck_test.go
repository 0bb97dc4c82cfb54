package handle_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
)

// A scene has a table for each actor, and pairs and events among them.
type scene struct {
	*testing.T
	edition handle.Edition
	tables  []*handle.Table
}

func (s *scene) table(name string) *handle.Table {
	t := handle.NewTable(handle.WithName(name), handle.WithEdition(s.edition))
	s.tables = append(s.tables, t)
	return t
}

// pair makes a pair between two tables, of 4 bytes each way.
func (s *scene) pair(a, b *handle.Table) (x, y handle.Handle) {
	x, y, _ = mxsocket.Create(a, mxsocket.Stream, mxsocket.WithCapacity(4))
	if a != b {
		y, _ = a.Transfer(y, b)
	}
	return x, y
}

// want checks what is stuck, in the order of the tables, and ends all calls.
func (s *scene) want(want ...string) {
	s.Helper()
	synctest.Wait()
	var got []string
	for _, c := range handle.Stuck(s.tables...) {
		got = append(got, fmt.Sprintf("%s %s %d", c.Table.Name(), c.Call, c.Kind))
	}
	if a, b := strings.Join(got, ", "), strings.Join(want, ", "); a != b {
		s.Errorf("%v: stuck: %s; want %s", s.edition, a, b)
	}
	for _, t := range s.tables {
		t.CloseAll()
	}
	synctest.Wait()
}

// each runs f in a bubble for each edition.
func each(t *testing.T, f func(s *scene), editions ...handle.Edition) {
	t.Helper()
	if editions == nil {
		editions = handle.Editions()
	}
	for _, e := range editions {
		synctest.Test(t, func(t *testing.T) { f(&scene{T: t, edition: e}) })
	}
}

var (
	never     time.Time
	readable  = handle.Readable
	gone      = handle.PeerClosed
	fourBytes = []byte("full")
)

func TestNotStuck(t *testing.T) {
	each(t, func(s *scene) { // whoever holds the other end may write
		a, b := s.table("a"), s.table("b")
		x, _ := s.pair(a, b)
		go mxsocket.ReadFull(a, x, make([]byte, 1), never)
		s.want()
	})
	each(t, func(s *scene) { // one of two has a deadline, and may write then
		a, b := s.table("a"), s.table("b")
		x, y := s.pair(a, b)
		go mxsocket.ReadFull(a, x, make([]byte, 1), never)
		go mxsocket.ReadFull(b, y, make([]byte, 1), time.Now().Add(time.Hour))
		s.want()
	})
	each(t, func(s *scene) { // somebody may queue a packet
		a, b := s.table("a"), s.table("b")
		options := handle.PortVersion
		if s.edition == handle.Zircon {
			options = 0
		}
		p, _ := handle.NewPort(a, options)
		d, _ := a.Duplicate(p, handle.SameRights)
		a.Transfer(d, b)
		go a.WaitPort(p, never)
		s.want()
	})
	each(t, func(s *scene) { // of two items, one can come true
		a, b := s.table("a"), s.table("b")
		x, _ := s.pair(a, b)
		y, _ := s.pair(a, a)
		go a.WaitMany([]handle.WaitItem{{Handle: y, WaitFor: readable}, {Handle: x, WaitFor: readable}}, never)
		s.want()
	})
	each(t, func(s *scene) { // a chain whose end may act
		a, b, c := s.table("a"), s.table("b"), s.table("c")
		x, y := s.pair(a, b)
		z, _ := s.pair(b, c)
		go mxsocket.ReadFull(a, x, make([]byte, 1), never)
		go mxsocket.ReadFull(b, z, make([]byte, 1), never)
		_ = y
		s.want()
	})
}

func TestStuckForever(t *testing.T) {
	each(t, func(s *scene) { // nobody writes any more, and PEER_CLOSED was not asked for
		a, b := s.table("a"), s.table("b")
		x, y := s.pair(a, b)
		b.Close(y)
		go a.WaitOne(x, readable, never)
		s.want("a WaitOne 0")
	})
	each(t, func(s *scene) { // the direction has ended, and no signal rises at its writer
		a, b := s.table("a"), s.table("b")
		x, y := s.pair(a, b)
		half := x
		if s.edition == handle.Manual {
			half = y
		}
		for _, t := range s.tables {
			mxsocket.Write(t, half, mxsocket.HalfClose, nil)
		}
		go a.WaitOne(x, handle.Writable, never)
		s.want("a WaitOne 0")
	}, handle.Manual, handle.Kernel2017)
	each(t, func(s *scene) { // nothing was asked for
		a := s.table("a")
		h, _ := handle.NewEvent(a)
		go a.WaitOne(h, 0, never)
		s.want("a WaitOne 0")
	})
	each(t, func(s *scene) { // the only handle to the event may not signal
		a := s.table("a")
		h, _ := handle.NewEvent(a)
		right := handle.RightRead
		if s.edition == handle.Zircon {
			right = handle.RightWait
		}
		h, _ = a.Replace(h, right)
		go a.WaitOne(h, handle.Signaled, never)
		s.want("a WaitOne 0")
	})
}

func TestStuckOutside(t *testing.T) {
	each(t, func(s *scene) { // the other end is in a table that is not given
		a := s.table("a")
		b := handle.NewTable(handle.WithEdition(s.edition))
		x, _ := s.pair(a, b)
		go mxsocket.ReadFull(a, x, make([]byte, 1), never)
		s.want("a ReadFull 1")
	})
	each(t, func(s *scene) { // what feeds the port is elsewhere
		a := s.table("a")
		b := handle.NewTable(handle.WithEdition(s.edition))
		p, _ := handle.NewPort(a, handle.PortVersion)
		p, _ = a.Transfer(p, b)
		h, _ := handle.NewEvent(b)
		b.WaitAsync(h, p, 1, handle.Signaled, handle.WaitAsyncOnce)
		p, _ = b.Transfer(p, a)
		go a.WaitPort(p, never)
		s.want("a WaitPort 1")
	}, handle.Kernel2017)
}

func TestStuckTogether(t *testing.T) {
	each(t, func(s *scene) { // both read
		a, b := s.table("a"), s.table("b")
		x, y := s.pair(a, b)
		go mxsocket.ReadFull(a, x, make([]byte, 1), never)
		go mxsocket.ReadFull(b, y, make([]byte, 1), never)
		s.want("a ReadFull 2", "b ReadFull 2")
	})
	each(t, func(s *scene) { // both write, and nobody reads
		a, b := s.table("a"), s.table("b")
		x, y := s.pair(a, b)
		go mxsocket.WriteAll(a, x, []byte("too much"), never)
		go mxsocket.WriteAll(b, y, []byte("too much"), never)
		s.want("a WriteAll 2", "b WriteAll 2")
	})
	each(t, func(s *scene) { // it has the other end itself
		a := s.table("a")
		x, _ := s.pair(a, a)
		go a.WaitOne(x, readable|gone, never)
		s.want("a WaitOne 2")
	})
	each(t, func(s *scene) { // one who is free holds the end, too, but can only read
		a, b, c := s.table("a"), s.table("b"), s.table("c")
		x, y := s.pair(a, b)
		d, _ := b.Duplicate(y, handle.RightTransfer|handle.RightRead)
		b.Transfer(d, c)
		go mxsocket.ReadFull(a, x, make([]byte, 1), never)
		go b.WaitOne(y, readable, never)
		want := []string{"a ReadFull 2", "b WaitOne 2"}
		s.want(want...)
	})
	each(t, func(s *scene) { // a context may end it, which nobody here does
		a, b := s.table("a"), s.table("b")
		x, y := s.pair(a, b)
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		go mxsocket.ReadFullContext(ctx, a, x, make([]byte, 1))
		go mxsocket.NewConn(b, y).Read(make([]byte, 1))
		s.want("a ReadFull 2", "b ReadFull 2")
	})
}

// A call that is stuck is told with all that a person needs.
func TestStuckText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &scene{T: t}
		a := s.table("a")
		x, y := s.pair(a, a)
		handle.SetName(a, y, "pipe")
		outside := handle.NewTable()
		for range 2 {
			d, _ := a.Duplicate(y, handle.SameRights)
			a.Transfer(d, outside)
		}
		mxsocket.Write(a, x, 0, fourBytes)
		go mxsocket.WriteAll(a, x, []byte("abc"), never)
		time.Sleep(90 * time.Minute)
		synctest.Wait()
		got := fmt.Sprint(handle.Stuck(a)[0])
		info, _ := a.Info(x)
		want := fmt.Sprintf(`a: WriteAll(%#x, 0 of 3 bytes) on socket koid %d, for 1h30m0s since 00:00:00.000, no deadline
  only handles in other tables can end it
  would end: read at "pipe" koid %d, by a %#x, and there are 2 handles in no table given
         or: close every handle to "pipe" koid %d, by a %#x, and there are 2 handles in no table given
         or: half close at "pipe" koid %[3]d, by a %#[4]x, and there are 2 handles in no table given`,
			uint32(x), info.Koid, info.RelatedKoid, uint32(y), info.RelatedKoid, uint32(y))
		if got = strings.ReplaceAll(got, time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Local().Format("15:04:05.000"), "00:00:00.000"); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		a.CloseAll()
	})
}

// Two that take turns are never both blocked, however quickly each blocks and
// goes on. Whoever looked at each once could take them for stuck: the one as it
// waited before a turn, and the other as it waited after it.
func TestStuckIsOfOneInstant(t *testing.T) {
	a, b := handle.NewTable(), handle.NewTable()
	x, y, _ := mxsocket.Create(a, mxsocket.Stream)
	y, _ = a.Transfer(y, b)
	go func() {
		buf := make([]byte, 1)
		for {
			if _, err := mxsocket.ReadFull(b, y, buf, never); err != nil {
				return
			}
			mxsocket.WriteAll(b, y, buf, never)
		}
	}()
	done := make(chan struct{})
	go func() {
		defer close(done)
		buf := make([]byte, 1)
		for range 20_000 {
			mxsocket.WriteAll(a, x, buf, never)
			mxsocket.ReadFull(a, x, buf, never)
		}
	}()
	for {
		select {
		case <-done:
			a.CloseAll()
			return
		default:
		}
		if list := handle.Stuck(a, b); list != nil {
			t.Fatalf("stuck:\n%v", list)
		}
	}
}
