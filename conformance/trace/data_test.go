package trace

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

func TestPattern(t *testing.T) {
	// Worked out by hand: i*0x9E3779B1 modulo 2^32, top byte.
	want := []byte{0x00, 0x9e, 0x3c, 0xda, 0x78, 0x17, 0xb5}
	p := make([]byte, len(want))
	FillPattern(p, 0)
	if !bytes.Equal(p, want) {
		t.Fatalf("the pattern begins with % x, want % x", p, want)
	}
	for _, pos := range []uint64{0, 1, 1 << 20, 1<<32 - 3, 1 << 40, 1<<64 - 2} {
		p := make([]byte, 1000)
		FillPattern(p, pos)
		for i, b := range p {
			if at := PatternAt(pos + uint64(i)); b != at {
				t.Fatalf("byte %d from %d is %#x filled and %#x alone", i, pos, b, at)
			}
		}
		if n := MatchPattern(p, pos); n != len(p) {
			t.Errorf("MatchPattern from %d stops at %d", pos, n)
		}
		p[777]++
		if n := MatchPattern(p, pos); n != 777 {
			t.Errorf("MatchPattern sees a changed byte 777 at %d", n)
		}
	}
}

func TestData(t *testing.T) {
	for _, tt := range []struct {
		d    Data
		text string
		n    uint64
	}{
		{Data{}, `""`, 0},
		{Data{Text: "HELLO"}, `"HELLO"`, 5},
		{Data{Text: "\x00\xffé\n\""}, `"\x00\xffé\n\""`, 6},
		{Data{Kind: Pattern, Len: 3}, `pattern:3`, 3},
		{Data{Kind: Pattern, Len: 3, Offset: 70000}, `pattern:3@70000`, 3},
		{Data{Kind: Pattern}, `pattern:0`, 0},
		{Data{Kind: Pattern, Len: 1<<32 + 1}, `pattern:4294967297`, 1<<32 + 1},
	} {
		if got := tt.d.String(); got != tt.text {
			t.Errorf("%#v prints as %s, want %s", tt.d, got, tt.text)
		}
		if got := tt.d.Length(); got != tt.n {
			t.Errorf("%v has length %d, want %d", tt.d, got, tt.n)
		}
		if tt.n > 100 {
			continue
		}
		p := tt.d.Bytes()
		if uint64(len(p)) != tt.n || !tt.d.Equal(p) {
			t.Errorf("%v has bytes %x, and they are not equal to it", tt.d, p)
		}
		if tt.d.Equal(append(p, 0)) {
			t.Errorf("%v equals its bytes and one more", tt.d)
		}
		if len(p) > 0 {
			if tt.d.Equal(p[:len(p)-1]) {
				t.Errorf("%v equals its bytes but one", tt.d)
			}
			p[len(p)-1] ^= 1
			if tt.d.Equal(p) {
				t.Errorf("%v equals its bytes with a bit changed", tt.d)
			}
		}
	}
}

func TestDataOf(t *testing.T) {
	p := make([]byte, 5000)
	for range 2000 {
		pos := rand.Uint64() >> rand.IntN(64)
		n := 25 + rand.IntN(200)
		FillPattern(p[:n], pos)
		d := DataOf(p[:n])
		if d.Kind != Pattern || !d.Equal(p[:n]) {
			t.Fatalf("%d bytes of the pattern from %d become %v", n, pos, d)
		}
		if d.Offset > pos {
			t.Fatalf("%d bytes of the pattern from %d are found later, at %d", n, pos, d.Offset)
		}
		i := rand.IntN(n)
		p[i] ^= byte(1 + rand.IntN(255))
		if d := DataOf(p[:n]); d.Kind == Pattern && !d.Equal(p[:n]) {
			t.Fatalf("%x becomes %v, which it is not", p[:n], d)
		}
	}
	FillPattern(p, 123456)
	if d := DataOf(p); d != (Data{Kind: Pattern, Len: 5000, Offset: 123456}) {
		t.Errorf("a long piece becomes %v", d)
	}
	for _, p := range [][]byte{nil, []byte("HELLO"), make([]byte, 25), bytes.Repeat([]byte("ab"), 50)} {
		if d := DataOf(p); d != (Data{Text: string(p)}) {
			t.Errorf("%q becomes %v", p, d)
		}
	}
	FillPattern(p[:24], 9)
	if d := DataOf(p[:24]); d.Kind != Literal {
		t.Errorf("24 bytes of the pattern become %v, not a literal", d)
	}
}

func TestFirstMultiple(t *testing.T) {
	// Against the plain search, for every small modulus.
	for m := uint64(1); m <= 24; m++ {
		for a := range m {
			for low := range m {
				for high := low; high < m; high++ {
					want, found := uint64(0), false
					for n := uint64(0); n < m && !found; n++ {
						if x := n * a % m; low <= x && x <= high {
							want, found = n, true
						}
					}
					if got, ok := firstMultiple(a, m, low, high); got != want || ok != found {
						t.Fatalf("firstMultiple(%d, %d, %d, %d) = %d, %v, want %d, %v", a, m, low, high, got, ok, want, found)
					}
				}
			}
		}
	}
}
