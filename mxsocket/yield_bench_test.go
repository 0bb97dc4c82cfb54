package mxsocket

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"mx.example/handle"
)

// BenchmarkYield is a stream of large writes to a reader that blocks, by a
// writer that yields to it and by one that does not (write.go, yieldSize).
func BenchmarkYield(b *testing.B) {
	defer func(was int) { yieldSize = was }(yieldSize)
	for _, size := range []int{8 << 10, 16 << 10, 32 << 10, 64 << 10} {
		for _, yields := range []bool{true, false} {
			b.Run(fmt.Sprintf("%d/yields=%v", size, yields), func(b *testing.B) {
				if yieldSize = size; !yields {
					yieldSize++
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
