// Package peers measures the sockets of mxsocket side by side with everything
// in package baseline: as Go benchmarks that benchstat reads (in the tests),
// and as interleaved rounds from which ratios are taken (Run).
package peers

import (
	"fmt"

	"mx.example/conformance/external/baseline"
)

// A Cell is one workload on one subject.
type Cell struct {
	Workload string
	Subject  string
	Bytes    int // that one turn of the loop moves, for MB/s; 0 where that says nothing
	Make     func() (baseline.Loop, error)
}

// The workloads by name.
const (
	PingPong    = "ping-pong"
	CreateClose = "create+close"
)

// WriteRead is the name of a workload: a message written and read on one
// goroutine.
func WriteRead(size int) string { return "write+read " + sizeName(size) }

// Stream is the name of a workload: messages from one goroutine to another.
func Stream(size int) string { return "stream " + sizeName(size) }

// WriteReadSizes and StreamSizes are the sizes of the messages, in bytes.
var (
	WriteReadSizes = []int{1, 64, 1 << 10, 16 << 10, 64 << 10}
	StreamSizes    = []int{1 << 10, 64 << 10}
)

func sizeName(n int) string {
	if n >= 1<<10 && n%(1<<10) == 0 {
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d B", n)
}

// Subjects are the sockets first, then the peers, then the limits.
func Subjects() []baseline.Subject {
	all := append(sockets(), baseline.Peers()...)
	return append(all, baseline.Limits()...)
}

// Cells are the workloads of the subjects that are available, a workload at a
// time.
func Cells(subjects []baseline.Subject) []Cell {
	var cells []Cell
	for _, size := range WriteReadSizes {
		cells = append(cells, sized(subjects, WriteRead(size), size, func(s baseline.Subject) func(int) (baseline.Loop, error) { return s.WriteRead })...)
	}
	for _, size := range StreamSizes {
		cells = append(cells, sized(subjects, Stream(size), size, func(s baseline.Subject) func(int) (baseline.Loop, error) { return s.Stream })...)
	}
	cells = append(cells, plain(subjects, PingPong, func(s baseline.Subject) func() (baseline.Loop, error) { return s.PingPong })...)
	return append(cells, plain(subjects, CreateClose, func(s baseline.Subject) func() (baseline.Loop, error) { return s.CreateClose })...)
}

func sized(subjects []baseline.Subject, name string, size int, pick func(baseline.Subject) func(int) (baseline.Loop, error)) (cells []Cell) {
	for _, s := range subjects {
		if f := pick(s); f != nil && s.Unavailable == nil {
			cells = append(cells, Cell{name, s.Name, size, func() (baseline.Loop, error) { return f(size) }})
		}
	}
	return cells
}

func plain(subjects []baseline.Subject, name string, pick func(baseline.Subject) func() (baseline.Loop, error)) (cells []Cell) {
	for _, s := range subjects {
		if f := pick(s); f != nil && s.Unavailable == nil {
			cells = append(cells, Cell{name, s.Name, 0, f})
		}
	}
	return cells
}
