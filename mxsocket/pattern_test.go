package mxsocket_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// The same echo service in three shapes. Each sends back what its clients
// send, through buffers so small that nearly every write is short, and is done
// when the last client has gone.

// In the first shape each connection has a goroutine, which may block. It is
// the simplest one: what is to be done next is where the goroutine stands.
func Example_goroutinePerConnection() {
	t := handle.NewTable()
	conns, clients := connect(t, 3)

	var wg sync.WaitGroup
	for _, h := range conns {
		wg.Go(func() {
			c := mxsocket.NewConn(t, h)
			defer c.Close()
			buf := make([]byte, 64)
			for {
				n, err := c.Read(buf)
				if err == io.EOF {
					return
				}
				if _, err := c.Write(buf[:n]); err != nil { // never short
					return
				}
			}
		})
	}
	wg.Wait()
	clients()

	// Output:
	// client 0: 1000 bytes came back
	// client 1: 1000 bytes came back
	// client 2: 1000 bytes came back
}

// In the second shape one goroutine serves all connections and never blocks
// but for the next packet of a port. What is to be done next is kept in data.
func Example_eventLoop() {
	t := handle.NewTable()
	handles, clients := connect(t, 3)

	port, _ := handle.NewPort(t, handle.PortVersion)
	conns := make([]echo, len(handles)) // a packet's key is the index
	for i, h := range handles {
		conns[i].h = h
		t.WaitAsync(h, port, uint64(i), handle.Readable|handle.PeerClosed, handle.WaitAsyncOnce)
	}
	for open := len(conns); open > 0; {
		packet, _ := t.WaitPort(port, time.Time{})
		c := &conns[packet.Key]
		if next := c.step(t); next != 0 {
			t.WaitAsync(c.h, port, packet.Key, next, handle.WaitAsyncOnce)
		} else {
			t.Close(c.h)
			open--
		}
	}
	t.Close(port)
	clients()

	// Output:
	// client 0: 1000 bytes came back
	// client 1: 1000 bytes came back
	// client 2: 1000 bytes came back
}

// The third shape is the second with several goroutines at the port. A packet
// releases one of them, and until that one asks for the next packet of its
// connection there is none. So a connection is served by one worker at a time,
// without a lock, and a slow one holds up nobody else.
func Example_workerPool() {
	t := handle.NewTable()
	handles, clients := connect(t, 5)

	port, _ := handle.NewPort(t, handle.PortVersion)
	conns := make([]echo, len(handles))
	var open atomic.Int32
	open.Store(int32(len(conns)))
	for i, h := range handles {
		conns[i].h = h
		t.WaitAsync(h, port, uint64(i), handle.Readable|handle.PeerClosed, handle.WaitAsyncOnce)
	}
	var pool sync.WaitGroup
	for range 2 {
		pool.Go(func() {
			for {
				packet, err := t.WaitPort(port, time.Time{})
				if err != nil {
					return // the port is closed: CANCELED, or BAD_HANDLE
				}
				c := &conns[packet.Key]
				if next := c.step(t); next != 0 {
					t.WaitAsync(c.h, port, packet.Key, next, handle.WaitAsyncOnce)
					continue
				}
				t.Close(c.h)
				if open.Add(-1) == 0 {
					t.Close(port)
				}
			}
		})
	}
	pool.Wait()
	clients()

	// Output:
	// client 0: 1000 bytes came back
	// client 1: 1000 bytes came back
	// client 2: 1000 bytes came back
	// client 3: 1000 bytes came back
	// client 4: 1000 bytes came back
}

// An echo is a connection of the second and third shape.
type echo struct {
	h       handle.Handle
	buf     [64]byte
	pending []byte // read and not yet written back
}

// step goes on as far as it can without blocking. It returns the signals to
// wait for before the next step, or 0 if the connection is over. It reads
// nothing while it has something to write, so a client that does not read its
// echo is held back, and buf is enough.
//
// The clients end no direction, they only close: so PEER_CLOSED means here
// that nothing can be written any more. Where directions do end, a writer must
// wait for WRITABLE alone, or it would spin while PEER_CLOSED is asserted.
func (c *echo) step(t *handle.Table) handle.Signals {
	for {
		for len(c.pending) > 0 {
			n, err := mxsocket.Write(t, c.h, 0, c.pending)
			if err == status.ErrShouldWait {
				return handle.Writable | handle.PeerClosed
			}
			if err != nil {
				return 0
			}
			c.pending = c.pending[n:]
		}
		n, err := mxsocket.Read(t, c.h, 0, c.buf[:])
		if err == status.ErrShouldWait {
			return handle.Readable | handle.PeerClosed
		}
		if err != nil {
			return 0
		}
		c.pending = c.buf[:n]
	}
}

// connect starts n clients of an echo service, and returns the service's ends.
// report tells how it went.
func connect(t *handle.Table, n int) (conns []handle.Handle, report func()) {
	results := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		a, b, err := mxsocket.Create(t, mxsocket.Stream, mxsocket.WithCapacity(7))
		if err != nil {
			panic(err)
		}
		conns = append(conns, b)
		wg.Go(func() { results[i] = client(t, a, byte(i)) })
	}
	return conns, func() {
		wg.Wait()
		for i, err := range results {
			if err != nil {
				fmt.Printf("client %d: %v\n", i, err)
			} else {
				fmt.Printf("client %d: 1000 bytes came back\n", i)
			}
		}
	}
}

// client sends 1,000 bytes, and reads its echo at the same time: it is more
// than the buffers hold.
func client(t *handle.Table, h handle.Handle, seed byte) error {
	defer t.Close(h)
	sent, got := make([]byte, 1000), make([]byte, 1000)
	for i := range sent {
		sent[i] = byte(i)*7 + seed
	}
	written := make(chan error)
	go func() {
		_, err := mxsocket.WriteAll(t, h, sent, time.Time{})
		written <- err
	}()
	if n, err := mxsocket.ReadFull(t, h, got, time.Time{}); err != nil {
		return fmt.Errorf("%v after %d bytes", err, n)
	}
	if !bytes.Equal(got, sent) {
		return errors.New("other bytes came back")
	}
	return <-written
}
