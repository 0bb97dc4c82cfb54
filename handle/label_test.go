package handle_test

import (
	"strings"
	"testing"

	"mx.example/handle"
	"mx.example/status"
)

func TestNameOfATable(t *testing.T) {
	if got := handle.NewTable(handle.WithName("gen")).Name(); got != "gen" {
		t.Errorf("Name is %q", got)
	}
	if got := handle.NewTable().Name(); got != "" {
		t.Errorf("Name without one is %q", got)
	}
}

func TestNameOfAnObject(t *testing.T) {
	tb := handle.NewTable()
	h, _ := handle.NewEvent(tb)
	none, _ := tb.Duplicate(h, 0)
	want := func(h handle.Handle, name string) {
		t.Helper()
		if got, err := handle.Name(tb, h); got != name || err != nil {
			t.Errorf("Name is %q, %v, want %q", got, err, name)
		}
	}
	want(h, "")
	if err := handle.SetName(tb, none, "ready"); err != nil { // needs no right
		t.Error(err)
	}
	want(h, "ready")
	if err := handle.SetName(tb, h, ""); err != nil {
		t.Error(err)
	}
	want(none, "")
	tb.Close(none)
	if _, err := handle.Name(tb, none); err != status.ErrBadHandle {
		t.Errorf("Name of a closed handle: %v", err)
	}
	if err := handle.SetName(tb, none, "x"); err != status.ErrBadHandle {
		t.Errorf("SetName of a closed handle: %v", err)
	}
	if n := testing.AllocsPerRun(100, func() { handle.Name(tb, h) }); n != 0 {
		t.Errorf("Name allocates %v times", n)
	}
}

func TestNamesAreQuotedAndCut(t *testing.T) {
	show := func(name string) string {
		text := handle.NewTable(handle.WithName(name)).String()
		text, _, _ = strings.Cut(text, " (")
		return text
	}
	for name, want := range map[string]string{
		"gen":                         "table gen",
		"two words":                   `table "two words"`,
		"a\nb":                        `table "a\nb"`,
		strings.Repeat("x", 65):       `table "` + strings.Repeat("x", 64) + `"…`,
		strings.Repeat("é", 33) + "x": `table "` + strings.Repeat("é", 32) + `"…`,
		"x" + strings.Repeat("é", 32): `table "x` + strings.Repeat("é", 31) + `"…`,
	} {
		if got := show(name); got != want {
			t.Errorf("%q is shown as %s, want %s", name, got, want)
		}
	}
}
