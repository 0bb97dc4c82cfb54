package mxsocket_test

import (
	"fmt"
	"strings"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// Small programs that go wrong on purpose, beside those that are right. In
// most of them the reader runs on the goroutine of the writer, when that would
// sleep, so that they go the same way each time.

// A write may take less than it is given. Who ignores that loses the rest, and
// no error says so.
func Example_shortWrite() {
	t := handle.NewTable()
	message := []byte("HELLO-WORLD")

	// Wrong: the count is ignored.
	a, b := small(t)
	mxsocket.Write(t, a, 0, message)
	t.Close(a)
	fmt.Printf("naive: the reader has %q\n", drain(t, b))

	// Right: the offset moves by what was taken, until it is at the end.
	a, b = small(t)
	var got string
	for offset := 0; offset < len(message); {
		n, err := mxsocket.Write(t, a, 0, message[offset:])
		fmt.Printf("write %-11s takes %d, %v\n", message[offset:], n, err)
		if err == status.ErrShouldWait {
			sleep(t, a, func() { got += drain(t, b) })
		}
		offset += n // 0 if there was an error
	}
	t.Close(a)
	fmt.Printf("right: the reader has %q\n", got+drain(t, b))

	// Output:
	// naive: the reader has "HELLO"
	// write HELLO-WORLD takes 5, <nil>
	// write -WORLD      takes 0, MX_ERR_SHOULD_WAIT
	// write -WORLD      takes 5, <nil>
	// write D           takes 0, MX_ERR_SHOULD_WAIT
	// write D           takes 1, <nil>
	// right: the reader has "HELLO-WORLD"
}

// SHOULD_WAIT says that the buffer is full now, and not that anything is
// wrong. Who takes it for an error ends a healthy connection.
func Example_shouldWaitIsNoError() {
	t := handle.NewTable()
	words := []string{"HELLO", "WORLD"}

	// Wrong: every error is the end.
	a, b := small(t)
	for _, w := range words {
		if _, err := mxsocket.Write(t, a, 0, []byte(w)); err != nil {
			fmt.Println("naive: closes because of", err)
			break
		}
	}
	t.Close(a)
	fmt.Printf("naive: the reader has %q\n", drain(t, b))

	// Right: it is a reason to wait, and every other error is the end.
	a, b = small(t)
	var got string
	for _, w := range words {
		_, err := mxsocket.Write(t, a, 0, []byte(w)) // all or nothing here: 5 bytes of 5
		for err == status.ErrShouldWait {
			sleep(t, a, func() { got += drain(t, b) })
			_, err = mxsocket.Write(t, a, 0, []byte(w))
		}
		if err != nil {
			fmt.Println("right: closes because of", err)
			break
		}
	}
	t.Close(a)
	fmt.Printf("right: the reader has %q\n", got+drain(t, b))

	// Output:
	// naive: closes because of MX_ERR_SHOULD_WAIT
	// naive: the reader has "HELLO"
	// right: the reader has "HELLOWORLD"
}

// Who tries again and again while the buffer is full does nothing useful, and
// takes the processor from the reader who would empty it.
func Example_spinning() {
	t := handle.NewTable()
	message := []byte("HELLO-WORLD")

	// Wrong: SHOULD_WAIT is answered by another try. Say the reader gets to
	// run once in a hundred thousand of them.
	a, b := small(t)
	var got string
	calls := 0
	for offset := 0; offset < len(message); {
		n, _ := mxsocket.Write(t, a, 0, message[offset:])
		offset += n
		if calls++; calls%100_000 == 0 {
			got += drain(t, b)
		}
	}
	fmt.Printf("naive: %q in %d calls of Write\n", got+drain(t, b), calls)

	// Right: sleep until there is room.
	a, b = small(t)
	got, calls = "", 0
	sleeps := 0
	for offset := 0; offset < len(message); {
		n, err := mxsocket.Write(t, a, 0, message[offset:])
		offset += n
		calls++
		if err == status.ErrShouldWait {
			sleep(t, a, func() { got += drain(t, b) })
			sleeps++
		}
	}
	fmt.Printf("right: %q in %d calls of Write, asleep %d times\n", got+drain(t, b), calls, sleeps)

	// Output:
	// naive: "HELLO-WORLD" in 200001 calls of Write
	// right: "HELLO-WORLD" in 5 calls of Write, asleep 2 times
}

// In a stream of frames, each a length and so many bytes, one short write that
// is ignored spoils all that comes after it: the reader takes the bytes of the
// next frame for those that are missing, and then text for a length.
func Example_truncatedFrame() {
	t := handle.NewTable()
	words := []string{"HELLO", "WORLD", "AGAIN", "TODAY"}
	frame := func(s string) []byte { return append([]byte{byte(len(s))}, s...) }

	// Wrong: the second and the fourth frame have room for 2 bytes of 6.
	a, b, _ := mxsocket.Create(t, mxsocket.Stream, mxsocket.WithCapacity(8))
	var wire string
	for i, w := range words {
		mxsocket.Write(t, a, 0, frame(w))
		if i%2 == 1 {
			wire += drain(t, b)
		}
	}
	for len(wire) > 0 {
		n := int(wire[0])
		if wire = wire[1:]; n > len(wire) {
			fmt.Printf("naive: a frame of %d bytes, of which %d are there: %q\n", n, len(wire), wire)
			break
		}
		fmt.Printf("naive: %q\n", wire[:n])
		wire = wire[n:]
	}

	// Right: a frame is written whole, however long that takes.
	a, b, _ = mxsocket.Create(t, mxsocket.Stream, mxsocket.WithCapacity(8))
	go func() {
		defer t.Close(a)
		for _, w := range words {
			if _, err := mxsocket.WriteAll(t, a, frame(w), time.Time{}); err != nil {
				return
			}
		}
	}()
	for {
		var length [1]byte
		if _, err := mxsocket.ReadFull(t, b, length[:], time.Time{}); err != nil {
			break // PEER_CLOSED, between two frames: that is the end
		}
		body := make([]byte, length[0])
		if n, err := mxsocket.ReadFull(t, b, body, time.Time{}); err != nil {
			fmt.Printf("right: a frame was cut after %d bytes: %v\n", n, err)
			break
		}
		fmt.Printf("right: %q\n", body)
	}

	// Output:
	// naive: "HELLO"
	// naive: "W\x05AGA"
	// naive: a frame of 73 bytes, of which 3 are there: "N\x05T"
	// right: "HELLO"
	// right: "WORLD"
	// right: "AGAIN"
	// right: "TODAY"
}

// When a reader stops, its buffer fills and its writer gets SHOULD_WAIT. That
// is to be passed on: a relay that goes on reading what it cannot write keeps
// it in its own memory, without a limit. One that reads only what it can write
// makes its own source wait, and the pressure goes back to where the bytes
// come from.
func Example_backpressure() {
	t := handle.NewTable()
	chunk := []byte(strings.Repeat("x", 1000))

	// Wrong: the relay always reads, and keeps the rest for later.
	source, in, out, _ := relay(t) // nobody reads at the other end of out
	var backlog []byte
	sent := 0
	for range 10_000 {
		if n, err := mxsocket.Write(t, source, 0, chunk); err == nil {
			sent += n
		}
		backlog = append(backlog, drain(t, in)...)
		n, _ := mxsocket.Write(t, out, 0, backlog)
		backlog = backlog[n:]
	}
	fmt.Printf("naive: the source has sent %d bytes, and %d of them are in the relay\n", sent, len(backlog))

	// Right: the relay reads when it has written what it read before.
	source, in, out, sink := relay(t)
	pending, buf := []byte(nil), make([]byte, 1000)
	step := func() {
		if len(pending) == 0 {
			n, _ := mxsocket.Read(t, in, 0, buf)
			pending = buf[:n]
		}
		n, _ := mxsocket.Write(t, out, 0, pending)
		pending = pending[n:]
	}
	sent = 0
	var err error
	for range 10_000 {
		var n int
		if n, err = mxsocket.Write(t, source, 0, chunk); err != nil {
			break
		}
		sent += n
		step()
	}
	fmt.Printf("right: the source has sent %d bytes, and %d of them are in the relay\n", sent, len(pending))
	fmt.Println("right: the source gets", err)

	drain(t, sink) // the reader goes on
	step()
	step()
	n, err := mxsocket.Write(t, source, 0, chunk)
	fmt.Println("right: the reader goes on, and the source sends again:", n, err)

	// Output:
	// naive: the source has sent 10000000 bytes, and 9996000 of them are in the relay
	// right: the source has sent 9000 bytes, and 1000 of them are in the relay
	// right: the source gets MX_ERR_SHOULD_WAIT
	// right: the reader goes on, and the source sends again: 1000 <nil>
}

// small makes a pair that holds 5 bytes a direction.
func small(t *handle.Table) (a, b handle.Handle) {
	a, b, err := mxsocket.Create(t, mxsocket.Stream, mxsocket.WithCapacity(5))
	if err != nil {
		panic(err)
	}
	return a, b
}

// relay makes a source that is connected to in, and out that is connected to a
// sink; what is between in and out is up to the caller.
func relay(t *handle.Table) (source, in, out, sink handle.Handle) {
	source, in, err := mxsocket.Create(t, mxsocket.Stream, mxsocket.WithCapacity(4000))
	if err != nil {
		panic(err)
	}
	out, sink, err = mxsocket.Create(t, mxsocket.Stream, mxsocket.WithCapacity(4000))
	if err != nil {
		panic(err)
	}
	return source, in, out, sink
}

// drain reads what there is.
func drain(t *handle.Table, h handle.Handle) (got string) {
	p := make([]byte, 4096)
	for {
		n, err := mxsocket.Read(t, h, 0, p)
		if err != nil {
			return got
		}
		got += string(p[:n])
	}
}

// sleep waits until something can be written to a. Others get to run then: here
// that is meanwhile, which is called once the wait has begun.
func sleep(t *handle.Table, a handle.Handle, meanwhile func()) {
	if _, err := t.WaitOneFunc(a, handle.Writable, time.Time{}, meanwhile); err != nil {
		panic(err)
	}
}
