package view

import (
	"strings"
	"testing"

	"mx.example/conformance/trace"
)

func literal(text string) trace.Data { return trace.Data{Text: text} }

func pattern(n, at uint64) trace.Data {
	return trace.Data{Kind: trace.Pattern, Len: n, Offset: at}
}

// TestBegins agrees with the bytes written out, in all mixtures of the two
// ways to say them.
func TestBegins(t *testing.T) {
	all := []trace.Data{literal(""), literal("a"), literal("ab"), literal("b"), pattern(0, 0), pattern(3, 7), pattern(9, 7), pattern(9, 8), pattern(9, 7+1<<32)}
	all = append(all, literal(string(pattern(3, 7).Bytes())), literal(string(pattern(12, 7).Bytes())))
	for _, d := range all {
		for _, p := range all {
			if got, want := begins(d, p), strings.HasPrefix(string(d.Bytes()), string(p.Bytes())); got != want {
				t.Errorf("begins(%v, %v) is %v", d, p, got)
			}
		}
	}
}

func TestSlice(t *testing.T) {
	for _, d := range []trace.Data{literal("abcdef"), pattern(6, 40)} {
		for from := uint64(0); from <= 6; from++ {
			for to := from; to <= 6; to++ {
				if got, want := string(slice(d, from, to).Bytes()), string(d.Bytes()[from:to]); got != want {
					t.Errorf("%v from %d to %d: %q, want %q", d, from, to, got, want)
				}
			}
		}
	}
}

func TestLabel(t *testing.T) {
	long := strings.Repeat("x", 40)
	for _, test := range []struct {
		parts        []trace.Data
		label, chars string
	}{
		{nil, "", ""},
		{[]trace.Data{literal("-WORLD")}, `"-WORLD"`, "-WORLD"},
		{[]trace.Data{literal("-WO"), literal(""), literal("RLD")}, `"-WORLD"`, "-WORLD"},
		{[]trace.Data{literal("a b\n\x00\x7f\xff")}, `"a b\n\x00\x7f\xff"`, "a·b␊␀␡▒"},
		{[]trace.Data{pattern(3, 7), pattern(4, 10)}, "pattern:7@7", ""},
		{[]trace.Data{pattern(3, 7), literal("x")}, `pattern:3@7 "x"`, ""},
		{[]trace.Data{literal("a"), pattern(1, 1), literal("b"), pattern(1, 1)}, `"a" pattern:1@1 "b" …`, ""},
		{[]trace.Data{literal(long)}, `"` + long[:32] + `"… (40 bytes)`, long},
		{[]trace.Data{literal(strings.Repeat(long, 7))}, `"` + long[:32] + `"… (280 bytes)`, ""},
	} {
		if got := label(test.parts); got != test.label {
			t.Errorf("label %s, want %s", got, test.label)
		}
		if got := chars(test.parts); got != test.chars {
			t.Errorf("chars %s, want %s", got, test.chars)
		}
	}
}
