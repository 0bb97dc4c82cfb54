package main

import (
	"cmp"
	"slices"
	"strings"
)

// A part is a column of the table: where an instruction belongs.
type part int

const (
	inRuntime part = iota
	inSync
	inHandle
	inMXSocket
	inMemmove
	inLoop
	elsewhere
	parts // how many there are
)

var partNames = [parts]string{"runtime", "sync", "handle", "mxsocket", "memmove", "loop", "other"}

// A count is what a turn of a program took. All numbers are means over the
// counted turns.
type count struct {
	program
	instructions float64
	parts        [parts]float64
	atomics      float64
	functions    []function // by instructions, most of them first
}

// A function is a function with the instructions that it executed in a turn.
type function struct {
	name         string
	instructions float64
}

// newCount adds up the instructions of all counted turns by function and part.
func newCount(p program, all steps, s *symbols) count {
	c := count{program: p}
	// Whole numbers until the end, so that no order of adding matters.
	var sum, atomics int
	var sums [parts]int
	functions := map[string]int{}
	for address, n := range all {
		name, in := "[not Go]", elsewhere
		if f := s.function(address); f != nil {
			name, in = f.Name, partOf(f.Name, f.PackageName())
		}
		sum += n
		sums[in] += n
		functions[name] += n
		if s.atomic(address) {
			atomics += n
		}
	}
	c.instructions, c.atomics = perTurn(sum), perTurn(atomics)
	for i, n := range sums {
		c.parts[i] = perTurn(n)
	}
	for name, n := range functions {
		if n != 0 { // those of a mark are
			c.functions = append(c.functions, function{name, perTurn(n)})
		}
	}
	slices.SortFunc(c.functions, func(a, b function) int {
		return cmp.Or(cmp.Compare(b.instructions, a.instructions), strings.Compare(a.name, b.name))
	})
	return c
}

func perTurn(n int) float64 { return float64(n) / countedTurns }

// partOf is the part for a function by its name and that of its package.
func partOf(name, pkg string) part {
	switch pkg {
	case "mx.example/handle":
		return inHandle
	case "mx.example/mxsocket":
		return inMXSocket
	case "sync", "sync/atomic", "internal/sync", "internal/runtime/atomic":
		return inSync
	case "main", "mx.example/conformance/external/baseline", "mx.example/conformance/external/cmd/steps":
		return inLoop
	case "runtime", "": // "" is the runtime's in assembly: gogo, memeqbody
		if name == "runtime.memmove" {
			return inMemmove
		}
		return inRuntime
	}
	if strings.HasPrefix(pkg, "internal/runtime/") {
		return inRuntime
	}
	return elsewhere
}
