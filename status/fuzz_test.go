package status_test

import (
	"testing"

	"mx.example/status"
)

// FuzzParse checks that any word is either refused or names a status that
// every printed form of it names too.
func FuzzParse(f *testing.F) {
	for _, n := range numbers {
		f.Add(n.status.Name(status.Magenta))
		f.Add(n.status.Name(status.Zircon))
		f.Add(n.word)
	}
	for _, word := range []string{"", "-22", "+22", "00", "-2147483648", "2147483648", "MX_ERR_OK", "ZX_", "SHOULD_WIAT", "\xff"} {
		f.Add(word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		s, err := status.Parse(word)
		if err != nil {
			if s != status.OK || err.Error() == "" {
				t.Fatalf("Parse(%q) = %v, %q", word, s, err)
			}
			return
		}
		for _, printed := range []string{s.Name(status.Magenta), s.Name(status.Zircon), s.Name(""), s.Bare()} {
			if back, err := status.Parse(printed); back != s || err != nil {
				t.Fatalf("Parse(%q) = %d, but Parse(%q) = %d, %v", word, s, printed, back, err)
			}
		}
		text, err := s.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var back status.Status
		if err := back.UnmarshalText(text); back != s || err != nil {
			t.Fatalf("text of %d reads back as %d, %v", s, back, err)
		}
	})
}
