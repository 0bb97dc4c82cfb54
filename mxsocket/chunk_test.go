package mxsocket

import "testing"

// A chunk holds what it was asked for, is no larger than the next size, and
// never above the largest.
func TestChunkSizes(t *testing.T) {
	for _, tt := range []struct{ n, size int }{
		{1, 1088}, {1087, 1088}, {1088, 1088},
		{1089, 4096}, {4095, 4096}, {4096, 4096},
		{4097, 8192}, {8192, 8192},
		{8193, 16384}, {16384, 16384},
		{16385, 32768}, {32769, 65536}, {65536, 65536},
		{65537, 65536}, {257024, 65536}, {1 << 30, 65536},
	} {
		c := newChunk(tt.n)
		if len(c.data) != tt.size {
			t.Errorf("a chunk for %d bytes has %d, want %d", tt.n, len(c.data), tt.size)
		}
		c.free()
	}
}
