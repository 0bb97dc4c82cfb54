package trace

import (
	"fmt"
	"strconv"
	"strings"
)

// An Error is what is wrong with a line of a file of cases.
type Error struct {
	File   string
	Line   int    // from 1
	Column int    // in bytes, from 1
	Msg    string // what is wrong, and what was expected
}

// Error is "file:line:column: what is wrong and what was expected".
func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Msg)
}

// A token is a word of a line: what stands between blanks, except that a
// string in quotes, a group in parentheses and one in brackets hold blanks, at
// its start or after an = sign.
type token struct {
	text string
	col  int // of its first byte, from 1
}

// from is the part of t from byte i on.
func (t token) from(i int) token { return token{t.text[i:], t.col + i} }

// to is the part of t before byte i.
func (t token) to(i int) token { return token{t.text[:i], t.col} }

// cut splits t around the first sep.
func (t token) cut(sep string) (before, after token, found bool) {
	if i := strings.Index(t.text, sep); i >= 0 {
		return t.to(i), t.from(i + len(sep)), true
	}
	return t, token{}, false
}

// A bailout carries an error up from the depth of a line to [parser.line]. It
// never leaves the package.
type bailout struct {
	col int
	msg string
}

// fail gives up on the line: at t it is not what was expected.
func (t token) fail(format string, args ...any) {
	panic(bailout{t.col, fmt.Sprintf(format, args...)})
}

// shown is the text of t for an error message, shortened.
func (t token) shown() string {
	const most = 60
	if len(t.text) > most {
		return strconv.Quote(t.text[:most]) + "..."
	}
	return strconv.Quote(t.text)
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }

// lex splits s, whose first byte stands at column col.
func lex(s string, col int) []token {
	var toks []token
	for i := 0; i < len(s); {
		if isBlank(s[i]) {
			i++
			continue
		}
		start := i
		i = group(s, i, col)
		for i < len(s) && !isBlank(s[i]) {
			i++
			if s[i-1] == '=' && i < len(s) {
				i = group(s, i, col)
			}
		}
		toks = append(toks, token{s[start:i], col + start})
	}
	return toks
}

// group is the index after what holds blanks, if it begins at i.
func group(s string, i, col int) int {
	switch s[i] {
	case '"':
		quoted, err := strconv.QuotedPrefix(s[i:])
		if err != nil {
			(token{s[i:], col + i}).fail("a string that is not ended or has a bad escape; expected a string in double quotes with the escapes of Go")
		}
		return i + len(quoted)
	case '(':
		return closing(s, i, col, ')')
	case '[':
		return closing(s, i, col, ']')
	}
	return i
}

// closing is the index after the bracket that closes the one at i.
func closing(s string, i, col int, bracket byte) int {
	n := strings.IndexByte(s[i:], bracket)
	if n < 0 {
		(token{s[i:], col + i}).fail("%q without its %q", s[i], bracket)
	}
	return i + n + 1
}

// A words is what is left of a line, to be taken from the left.
type words struct {
	left []token
	end  int // the column after the line
}

// more reports whether there is another word.
func (w *words) more() bool { return len(w.left) > 0 }

// here is where the next word is, or would be.
func (w *words) here() token {
	if w.more() {
		return w.left[0]
	}
	return token{"", w.end}
}

// next takes the next word, which is there to be what.
func (w *words) next(what string) token {
	if !w.more() {
		w.here().fail("the line ends here; expected %s", what)
	}
	t := w.left[0]
	w.left = w.left[1:]
	return t
}

// accept takes the next word if it is text.
func (w *words) accept(text string) bool {
	if w.more() && w.left[0].text == text {
		w.left = w.left[1:]
		return true
	}
	return false
}

// done fails unless all words are taken.
func (w *words) done(expected string) {
	if !w.more() {
		return
	}
	t := w.left[0]
	if t.text[0] == '#' {
		t.fail("a comment stands on a line of its own; expected %s", expected)
	}
	t.fail("unexpected %s; expected %s", t.shown(), expected)
}
