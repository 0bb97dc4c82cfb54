package trace

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"mx.example/handle"
)

// What a file may ask of the parser at most, so that reading one cannot take
// memory without bound.
const (
	maxFile      = 16 << 20 // bytes of a file
	maxLine      = 1 << 20  // bytes of a line
	maxSteps     = 1 << 18  // lines with a call, in a file
	maxItems     = 4096     // items of one wait-many
	maxFileItems = 1 << 20  // items and their states, in a file
	maxAnswers   = 64       // answers of a line
	maxErrors    = 10       // after which the rest of the file is not read
)

// FirstTable is the name of the table that every case starts with.
const FirstTable = "t0"

// Parse reads all the cases of r. file is what errors call it, and what the
// cases say they came from.
//
// The error is an [*Error] for a line that is not as the grammar says, or the
// join of several: the first of each case that has any. No case is returned
// with an error.
func Parse(file string, r io.Reader) ([]Case, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	p := &parser{file: file, lines: make(map[string]int)}
	if len(text) > maxFile {
		return nil, &Error{file, 1, 1, fmt.Sprintf("the file is too long; expected at most %d bytes", maxFile)}
	}
	for rest, more := string(text), true; more && len(p.errs) < maxErrors; {
		var line string
		line, rest, more = strings.Cut(rest, "\n")
		p.number++
		p.try(p.number, func() { p.line(strings.TrimSuffix(line, "\r")) })
	}
	if len(p.errs) < maxErrors {
		p.end()
	}
	switch len(p.errs) {
	case 0:
		return p.cases, nil
	case 1:
		return nil, p.errs[0]
	}
	return nil, errors.Join(p.errs...)
}

// A parser is a file half read.
type parser struct {
	file   string
	number int // of the line being read
	cases  []Case
	lines  map[string]int // of the cases, by name
	errs   []error

	scope *scope // of the case being read; nil before the first
	lost  bool   // the case has an error: nothing is read until the next one
	steps int    // so far, in the file
	items int    // so far, in the file
}

// try runs f on a line. An error of it ends the reading of the case, since
// what follows may rest on what could not be understood.
func (p *parser) try(line int, f func()) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case bailout:
			p.errs = append(p.errs, &Error{p.file, line, r.col, r.msg})
			p.lost = true
		default:
			panic(r)
		}
	}()
	f()
}

// line reads one line.
func (p *parser) line(s string) {
	all := token{s, 1}
	if len(s) > maxLine {
		all.fail("the line is too long; expected at most %d bytes", maxLine)
	}
	for i, c := range s { // decodes as it goes
		if c == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				all.from(i).fail("a byte that is not UTF-8; expected UTF-8 text, and other bytes as \\xNN in a string")
			}
		}
		if c < ' ' && c != '\t' || c == 0x7f {
			all.from(i).fail("a control character (%#02x); expected text", c)
		}
	}
	start := len(s) - len(strings.TrimLeft(s, " \t"))
	if start == len(s) || s[start] == '#' {
		return
	}
	first := all.from(start)
	if i := strings.IndexAny(first.text, " \t"); i >= 0 {
		first = first.to(i)
	}
	rest := all.from(start + len(first.text))

	if first.text == "case" {
		p.begin(rest)
		return
	}
	if p.lost {
		return
	}
	if p.scope == nil {
		first.fail("unexpected %s; expected case NAME before anything else", first.shown())
	}
	switch first.text {
	case "doc", "clauses", "editions":
		if len(p.current().Steps) > 0 {
			first.fail("%s after the first call; expected the head of a case before its calls", first.text)
		}
		p.head(first.text, rest)
	default:
		p.step(&words{lex(s[start:], start+1), len(s) + 1})
	}
}

func (p *parser) current() *Case { return &p.cases[len(p.cases)-1] }

// begin reads what follows "case".
func (p *parser) begin(rest token) {
	p.end()
	p.lost = false
	w := &words{lex(rest.text, rest.col), rest.col + len(rest.text)}
	t := w.next("the name of the case")
	if strings.Trim(t.text, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		t.fail("%s is no name of a case; expected a-z, 0-9 and -", t.shown())
	}
	w.done("the name of the case alone")
	if line, ok := p.lines[t.text]; ok {
		t.fail("there is a case %s already, in line %d; expected another name", t.text, line)
	}
	p.lines[t.text] = p.number
	p.cases = append(p.cases, Case{Name: t.text, File: p.file, Line: p.number})
	p.scope = newScope()
}

// end checks what can only be seen at the end of a case.
func (p *parser) end() {
	if p.scope == nil || p.lost {
		return
	}
	c := p.current()
	if len(c.Steps) == 0 {
		p.try(c.Line, func() { token{col: 1}.fail("the case has no calls; expected at least one") })
		return
	}
	if s, e := p.scope.unfinished(); s != nil {
		p.try(s.line, func() {
			token{col: s.col}.fail("the call started here is never finished in edition %v; expected a line %s: -> ANSWER", e, s.actor)
		})
	}
}

// head reads what follows one of the other words of the head.
func (p *parser) head(key string, rest token) {
	c := p.current()
	if key == "doc" {
		text := strings.FieldsFunc(rest.text, func(r rune) bool { return r == ' ' || r == '\t' })
		if len(text) == 0 {
			rest.fail("the line ends here; expected a text after doc")
		}
		if c.Doc != "" {
			c.Doc += " "
		}
		c.Doc += strings.Join(text, " ")
		return
	}
	w := &words{lex(rest.text, rest.col), rest.col + len(rest.text)}
	if key == "editions" && c.Editions != nil {
		rest.fail("a second editions line; expected one that names them all")
	}
	for first := true; first || w.more(); first = false {
		switch key {
		case "clauses":
			t := w.next("the id of a clause")
			if !isClause(t.text) {
				t.fail("%s is no id of a clause; expected capitals, digits and -, such as W-FULL", t.shown())
			}
			if slices.Contains(c.Clauses, t.text) {
				t.fail("clause %s is named already; expected it once", t.text)
			}
			c.Clauses = append(c.Clauses, t.text)
		case "editions":
			c.Editions = addEdition(c.Editions, w.next("the name of an edition"))
		}
	}
}

func isClause(s string) bool {
	for i := range len(s) {
		c := s[i]
		if (c < 'A' || c > 'Z') && (i == 0 || c != '-' && (c < '0' || c > '9')) {
			return false
		}
	}
	return s != ""
}

// addEdition reads t and appends it to list.
func addEdition(list []handle.Edition, t token) []handle.Edition {
	e, err := handle.ParseEdition(t.text)
	t.check(err)
	if slices.Contains(list, e) {
		t.fail("edition %v is named already; expected it once", e)
	}
	return append(list, e)
}
