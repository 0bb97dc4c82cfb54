package mxsocket

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"mx.example/handle"
)

// BenchmarkStepAside is a stream of large writes to a reader that blocks, by a
// writer that steps aside for it and by one that does not (block.go, large).
func BenchmarkStepAside(b *testing.B) {
	defer func(was int) { large = was }(large)
	for _, size := range []int{8 << 10, 16 << 10, 32 << 10, 64 << 10} {
		for _, aside := range []bool{true, false} {
			b.Run(fmt.Sprintf("%d/aside=%v", size, aside), func(b *testing.B) {
				if large = size; !aside {
					large++
				}
				t := handle.NewTable()
				x, y, _ := Create(t, Stream)
				p, q := make([]byte, size), make([]byte, size)
				b.SetBytes(int64(size))
				var reader sync.WaitGroup
				reader.Go(func() {
					for range b.N {
						ReadFull(t, y, q, time.Time{})
					}
				})
				for range b.N {
					WriteAll(t, x, p, time.Time{})
				}
				reader.Wait()
			})
		}
	}
}

// BenchmarkRound copies 64 KiB into a ring and out again: always at one place,
// or going round (ring.go, classFor).
func BenchmarkRound(b *testing.B) {
	const size = 64 << 10
	src, dst, ring := make([]byte, size), make([]byte, size), make([]byte, 4*size)
	for _, places := range []int{1, 4} {
		b.Run(fmt.Sprint(places), func(b *testing.B) {
			b.SetBytes(size)
			for i := range b.N {
				place := ring[i%places*size:]
				copy(place, src)
				copy(dst, place)
			}
		})
	}
}

// BenchmarkOffPage is a write and a read of 64 KiB, with rings that begin at
// the start of a page, and off it (queue.go, offPage).
func BenchmarkOffPage(b *testing.B) {
	defer func(was int) { offPage = was }(offPage)
	for _, offPage = range []int{0, 512} {
		b.Run(fmt.Sprint(offPage), func(b *testing.B) {
			t := handle.NewTable()
			x, y, _ := Create(t, Stream)
			p, q := make([]byte, 64<<10), make([]byte, 64<<10)
			b.SetBytes(int64(len(p)))
			for range b.N {
				Write(t, x, 0, p)
				Read(t, y, 0, q)
			}
		})
	}
}
