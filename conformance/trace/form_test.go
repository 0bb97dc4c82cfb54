package trace

import (
	"os"
	"strings"
	"testing"
)

// The grammar has a row for each call, as the parser and the printer have it.
func TestGrammarShowsEveryCall(t *testing.T) {
	text, err := os.ReadFile("../cases/GRAMMAR.md")
	if err != nil {
		t.Fatal(err)
	}
	plain := strings.NewReplacer("`", "", `\`, "").Replace(string(text))
	for _, op := range Ops() {
		call, answer := op.Usage()
		if !strings.Contains(plain, "\n| "+call+" ") {
			t.Errorf("GRAMMAR.md has no row that begins with %q", call)
		}
		if !strings.Contains(plain, "| "+answer) && op != OpWaitMany { // "the same", in words
			t.Errorf("GRAMMAR.md: no row of %s has the answer %q", op, answer)
		}
	}
}

func TestUsage(t *testing.T) {
	for op, want := range map[Op][2]string{
		OpWrite:      {"write H BUFFER [half-close]|[options=N] [actual=null|bad]", "OK N"},
		OpCreate:     {"create stream|datagram|options=N [capacity=N] [table=T]", "OK NAME NAME"},
		OpWaitMany:   {"wait-many H:SIGNALS ... until=DEADLINE [table=T]", "OK (STATE) ..."},
		OpPortCancel: {"port-cancel H source=H key=N", "OK"},
	} {
		if call, answer := op.Usage(); call != want[0] || answer != want[1] {
			t.Errorf("%v: %q, %q, want %q", op, call, answer, want)
		}
	}
}
