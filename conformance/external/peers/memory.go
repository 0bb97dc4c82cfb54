package peers

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"

	"mx.example/conformance/external/baseline"
	"mx.example/handle"
	"mx.example/mxsocket"
)

// IdleMemory is how many bytes a pair takes that was created and left alone:
// of the heap, or of the kernel where that is where it lives.
func IdleMemory(s baseline.Subject) (float64, error) {
	if s.KernelMemory {
		return idle(s, 1000, slab)
	}
	few, err := idle(s, 50, heap)
	if err != nil {
		return 0, err
	}
	// The more the better, up to what fits easily.
	return idle(s, max(50, min(20_000, int(32e6/max(few, 1)))), heap)
}

func idle(s baseline.Subject, n int, measure func() (float64, error)) (float64, error) {
	before, err := measure()
	if err != nil {
		return 0, err
	}
	release, err := s.Idle(n)
	if err != nil {
		return 0, err
	}
	defer release()
	after, err := measure()
	return (after - before) / float64(n), err
}

// heap is the memory of all that is reachable.
func heap() (float64, error) {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // the second empties the pools
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc), nil
}

// slab is the memory of the kernel's own objects. Those of others count too,
// so that the number is good to a few hundred bytes a pair.
func slab() (float64, error) {
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0, err
	}
	for line := range bytes.Lines(text) {
		if f := bytes.Fields(line); len(f) == 3 && string(f[0]) == "Slab:" {
			kib, err := strconv.ParseFloat(string(f[1]), 64)
			return kib * 1024, err
		}
	}
	return 0, errors.New("/proc/meminfo has no line Slab")
}

// DrainedMemory is how many bytes of the heap a pair keeps that has carried
// 1 MiB and is empty again.
func DrainedMemory() (float64, error) {
	const pairs = 1000
	before, _ := heap()
	t := handle.NewTable()
	buf := make([]byte, 64<<10)
	for range pairs {
		a, b, err := mxsocket.Create(t, mxsocket.Stream)
		if err != nil {
			return 0, err
		}
		if err := writeRead(end{t, a}, end{t, b}, buf, buf, 16); err != nil {
			return 0, err
		}
		// The last bytes are few: they come to lie in a small ring.
		if err := writeRead(end{t, a}, end{t, b}, buf[:1], buf, 1); err != nil {
			return 0, err
		}
	}
	after, err := heap()
	runtime.KeepAlive(t)
	return (after - before) / pairs, err
}

// MillionPairs is how many bytes of the heap a million live pairs take.
func MillionPairs() (float64, error) {
	before, _ := heap()
	t, err := crowded(mxsocket.Stream, 1_000_000)
	if err != nil {
		return 0, err
	}
	after, err := heap()
	runtime.KeepAlive(t)
	return after - before, err
}

// Allocations are how many a turn of a workload of s makes in the steady state,
// for the workload that makes most of them.
func Allocations(s baseline.Subject) (workload string, most float64, err error) {
	const turns = 50_000
	for _, c := range Cells([]baseline.Subject{s}) {
		if c.Workload == CreateClose {
			continue
		}
		l, err := c.Make()
		if err != nil {
			return "", 0, err
		}
		var before, after runtime.MemStats
		err = l.Run(turns / 10)
		runtime.ReadMemStats(&before)
		if err == nil {
			err = l.Run(turns)
		}
		runtime.ReadMemStats(&after)
		l.Close()
		if err != nil {
			return "", 0, fmt.Errorf("%s, %s: %w", c.Workload, s.Name, err)
		}
		if n := float64(after.Mallocs-before.Mallocs) / turns; workload == "" || n > most {
			workload, most = c.Workload, n
		}
	}
	return workload, most, nil
}
