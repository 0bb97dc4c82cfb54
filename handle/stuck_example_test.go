package handle_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
)

// A pipeline is a shell that runs "gen | sort" and waits for the end of what sort
// prints at a port. Each has a table of its own, as processes have. The shell
// keeps a handle that it should have closed: the one to the writing end of the
// first pipe, of which gen has a duplicate.
type pipeline struct {
	shell, gen, sort *handle.Table
	forgotten        handle.Handle
	over             sync.WaitGroup
}

// run starts the three, and returns when gen is gone and the others are blocked.
func (p *pipeline) run() {
	p.shell = handle.NewTable(handle.WithName("shell"))
	p.gen = handle.NewTable(handle.WithName("gen"))
	p.sort = handle.NewTable(handle.WithName("sort"))

	pipe := func(name string) (r, w handle.Handle) {
		r, w, _ = mxsocket.Create(p.shell, mxsocket.Stream)
		handle.SetName(p.shell, r, name+", reading end")
		handle.SetName(p.shell, w, name+", writing end")
		return r, w
	}
	lines, out := pipe("lines")
	sorted, print := pipe("sorted")
	mine, _ := p.shell.Duplicate(out, handle.SameRights)
	p.forgotten = mine // here p.shell.Close(mine) is missing

	out, _ = p.shell.Transfer(out, p.gen)
	lines, _ = p.shell.Transfer(lines, p.sort)
	print, _ = p.shell.Transfer(print, p.sort)

	mxsocket.WriteAll(p.gen, out, []byte("b\na\n"), time.Time{})
	p.gen.CloseAll() // the process is over

	var blocked sync.WaitGroup
	blocked.Add(2)
	p.over.Go(func() { // sort
		var text []byte
		buf := make([]byte, 16)
		for {
			n, err := mxsocket.Read(p.sort, lines, 0, buf)
			text = append(text, buf[:n]...)
			if err != nil { // SHOULD_WAIT, or at the end PEER_CLOSED
				seen, _ := p.sort.WaitOneFunc(lines, handle.Readable|handle.PeerClosed, time.Time{}, blocked.Done)
				if seen&handle.Readable == 0 {
					break
				}
			}
		}
		mxsocket.WriteAll(p.sort, print, text, time.Time{})
		p.sort.CloseAll()
	})
	p.over.Go(func() { // the shell
		port, _ := handle.NewPort(p.shell, handle.PortVersion)
		handle.SetName(p.shell, port, "jobs")
		p.shell.WaitAsync(sorted, port, 1, handle.PeerClosed, handle.WaitAsyncOnce)
		p.shell.WaitPortFunc(port, time.Time{}, blocked.Done)
	})
	blocked.Wait()
}

// A shell runs a pipeline, which hangs for want of one close. Stuck tells which
// calls wait for each other, and what would end each: that all handles to the
// writing end of the first pipe are closed, and the only one is the shell's.
func ExampleStuck() {
	var p pipeline
	p.run()
	for _, c := range handle.Stuck(p.shell, p.gen, p.sort) {
		fmt.Printf("%s: %s on %q: %v\n", c.Table.Name(), c.Call, c.Name, c.Kind)
		for _, e := range c.Ends {
			for _, by := range e.By {
				fmt.Printf("  would end: %s at %q, by %s\n", e.Act, e.Name, by.Table.Name())
			}
		}
	}

	p.shell.Close(p.forgotten)
	p.over.Wait()
	fmt.Println(len(handle.Stuck(p.shell, p.gen, p.sort)), "are stuck after the close")
	// Output:
	// shell: WaitPort on "jobs": whoever could end it is stuck, too
	//   would end: queue a packet at "jobs", by shell
	//   would end: close at "sorted, writing end", by sort
	//   would end: half close at "sorted, reading end", by shell
	// sort: WaitOne on "lines, reading end": whoever could end it is stuck, too
	//   would end: write at "lines, writing end", by shell
	//   would end: close at "lines, writing end", by shell
	//   would end: half close at "lines, reading end", by sort
	// 0 are stuck after the close
}

// What Dump writes of the same pipeline. The numbers, which differ from run to
// run, are taken out here.
func ExampleDump() {
	var p pipeline
	p.run()
	var b strings.Builder
	handle.Dump(&b, p.shell, p.gen, p.sort)
	text := b.String()
	text = regexp.MustCompile(`0x[0-9a-f]+`).ReplaceAllString(text, "0x…")
	text = regexp.MustCompile(`koid \d+`).ReplaceAllString(text, "koid …")
	text = regexp.MustCompile(`; 20.*`).ReplaceAllString(text, "")
	text = regexp.MustCompile(`for [0-9a-zµ.]+ since [0-9:.]+`).ReplaceAllString(text, "for …")
	fmt.Fprint(os.Stdout, text)

	p.shell.Close(p.forgotten)
	p.over.Wait()
	// Output:
	// 3 tables, 5 handles, 2 blocked calls, 2 of them stuck (at the end)
	//
	// table shell (manual): 3 of 262144 handles
	//   socket "lines, writing end" koid …
	//     0x… DUPLICATE|TRANSFER|READ|WRITE
	//     stream, to read here: 0 of 257024 bytes
	//     to read at the peer: 0 of 257024 bytes
	//     asserts WRITABLE|LAST_HANDLE
	//     peer "lines, reading end" koid …, held by sort 0x…
	//   socket "sorted, reading end" koid …
	//     0x… DUPLICATE|TRANSFER|READ|WRITE
	//     stream, to read here: 0 of 257024 bytes
	//     to read at the peer: 0 of 257024 bytes
	//     asserts WRITABLE|LAST_HANDLE
	//     peer "sorted, writing end" koid …, held by sort 0x…
	//     WaitAsync at 0x… for PEER_CLOSED, key 1, to port koid …
	//   port "jobs" koid …
	//     0x… DUPLICATE|TRANSFER|READ|WRITE
	//     packets: 0
	//     operations: 1
	//       key 1 for PEER_CLOSED at 0x… of shell
	//     BLOCKED shell: WaitPort(0x…) on port "jobs" koid …, for …, no deadline
	//       would end: queue a packet at "jobs" koid …, by shell 0x…
	//              or: close every handle to "sorted, writing end" koid …, by sort 0x…
	//              or: half close at "sorted, reading end" koid …, by shell 0x…
	//
	// table gen (manual): 0 of 262144 handles
	//
	// table sort (manual): 2 of 262144 handles
	//   socket "lines, reading end" koid …
	//     0x… DUPLICATE|TRANSFER|READ|WRITE
	//     stream, to read here: 0 of 257024 bytes
	//     to read at the peer: 0 of 257024 bytes
	//     asserts WRITABLE|LAST_HANDLE
	//     peer "lines, writing end" koid …, held by shell 0x…
	//     BLOCKED sort: WaitOne(0x… for READABLE|PEER_CLOSED) on socket "lines, reading end" koid …, for …, no deadline
	//       would end: write at "lines, writing end" koid …, by shell 0x…
	//              or: close every handle to "lines, writing end" koid …, by shell 0x…
	//              or: half close at "lines, reading end" koid …, by sort 0x…
	//   socket "sorted, writing end" koid …
	//     0x… DUPLICATE|TRANSFER|READ|WRITE
	//     stream, to read here: 0 of 257024 bytes
	//     to read at the peer: 0 of 257024 bytes
	//     asserts WRITABLE|LAST_HANDLE
	//     peer "sorted, reading end" koid …, held by shell 0x…
	//
	// Stuck, if nobody but the blocked calls acts for a table:
	// shell: WaitPort(0x…) on port "jobs" koid …, for …, no deadline
	//   whoever could end it is stuck, too
	//   would end: queue a packet at "jobs" koid …, by shell 0x…
	//          or: close every handle to "sorted, writing end" koid …, by sort 0x…
	//          or: half close at "sorted, reading end" koid …, by shell 0x…
	//
	// sort: WaitOne(0x… for READABLE|PEER_CLOSED) on socket "lines, reading end" koid …, for …, no deadline
	//   whoever could end it is stuck, too
	//   would end: write at "lines, writing end" koid …, by shell 0x…
	//          or: close every handle to "lines, writing end" koid …, by shell 0x…
	//          or: half close at "lines, reading end" koid …, by sort 0x…
}
