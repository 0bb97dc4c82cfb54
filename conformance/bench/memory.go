package bench

import (
	"errors"
	"os"
	"runtime"
	"strconv"
	"strings"
)

// memoryOf is how many bytes a pair takes of n that create makes and release
// gives back.
func memoryOf(measure func() (float64, error), create func() (n int, release func(), err error)) (float64, error) {
	before, err := measure()
	if err != nil {
		return 0, err
	}
	n, release, err := create()
	defer release()
	if err != nil {
		return 0, err
	}
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

// slab is the memory of the kernel's own objects. Those that others make
// meanwhile count too, so it is good to a few hundred bytes a pair.
func slab() (float64, error) {
	text, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0, errors.New("this system does not tell how much memory its kernel uses")
	}
	kib, err := strconv.ParseFloat(strings.TrimSuffix(field(string(text), "Slab"), " kB"), 64)
	if err != nil {
		return 0, errors.New("/proc/meminfo does not tell how much memory the kernel uses")
	}
	return kib * 1024, nil
}
