// Package text lays out text for a terminal: paragraphs that are broken at a
// width, styles that a terminal shows in color, and columns that line up.
// Widths are counted in code points.
package text

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// DefaultWidth is how wide text is made where nothing else is said, and
// MinWidth the least that pages are laid out for.
const (
	DefaultWidth = 100
	MinWidth     = 60
)

// A Page is text for a terminal. The zero Page is empty, has no color and is
// as wide as DefaultWidth.
type Page struct {
	bytes.Buffer
	Color   bool // styles are written as escape sequences
	Columns int  // how many columns there are; 0 for DefaultWidth
}

// Width returns how wide lines are made, where they can be broken.
func (p *Page) Width() int {
	if p.Columns == 0 {
		return DefaultWidth
	}
	return max(p.Columns, MinWidth)
}

// Line writes a formatted line.
func (p *Page) Line(format string, args ...any) {
	fmt.Fprintf(p, format, args...)
	p.WriteByte('\n')
}

// Heading begins a part of the page.
func (p *Page) Heading(format string, args ...any) {
	p.Line("")
	for _, l := range Wrap(fmt.Sprintf(format, args...), p.Width()) {
		p.Line("%s", p.Bold(l))
	}
}

// Paragraph writes text broken into lines, each after the indent.
func (p *Page) Paragraph(indent, text string) {
	p.Hanging(indent, indent, text)
}

// Hanging is a paragraph whose first line begins with a text of its own. The
// others begin with the indent.
func (p *Page) Hanging(first, indent, text string) {
	room := p.Width() - visible(first)
	if text != "" && utf8.RuneCountInString(text) <= room {
		p.Line("%s%s", first, text) // blanks in it are kept: it may be data
		return
	}
	head, rest := split(text, room)
	p.Line("%s%s", first, head)
	for _, l := range Wrap(rest, p.Width()-utf8.RuneCountInString(indent)) {
		p.Line("%s%s", indent, l)
	}
}

// Text writes text that has lines of its own. One that is too long is broken,
// and goes on a little further in than it began.
func (p *Page) Text(text string) {
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		bare := strings.TrimLeft(line, " ")
		begin := line[:len(line)-len(bare)]
		p.Hanging(begin, begin+"  ", bare)
	}
}

// visible counts the code points of text that are no escape sequences.
func visible(text string) int {
	n := 0
	for i, part := range strings.Split(text, "\x1b[") {
		if i > 0 {
			_, part, _ = strings.Cut(part, "m")
		}
		n += utf8.RuneCountInString(part)
	}
	return n
}

// A Style is how a terminal shows text: the number of an escape sequence.
type Style string

// The styles that reports use.
const (
	Plain  Style = ""
	Bold   Style = "1"
	Dim    Style = "2"
	Red    Style = "31"
	Green  Style = "32"
	Yellow Style = "33"
)

// In returns text in a style, or as it is if the page has no color.
func (p *Page) In(s Style, text string) string {
	if !p.Color || s == Plain || text == "" {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

// Bold returns text in bold type.
func (p *Page) Bold(text string) string { return p.In(Bold, text) }

// Pad fills text with blanks on the right, PadLeft on the left.
func Pad(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(text)))
}

func PadLeft(text string, width int) string {
	return strings.Repeat(" ", max(0, width-utf8.RuneCountInString(text))) + text
}

// Cut shortens a line that is too long to be read.
func Cut(text string, width int) string {
	if utf8.RuneCountInString(text) <= width {
		return text
	}
	return string([]rune(text)[:width-1]) + "…"
}

// Wrap breaks text into lines at blanks; a word that is too long stays whole.
func Wrap(text string, width int) []string {
	var lines []string
	var line string
	for word := range strings.FieldsSeq(text) {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= width:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// List joins names as a sentence does: "a, b and c".
func List(names []string, word string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + word + " " + names[last]
}

// FirstLine returns text up to its first line end.
func FirstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// split returns as many words of text as a line of some width holds, at least
// one, and the rest.
func split(text string, width int) (line, rest string) {
	lines := Wrap(text, width)
	if len(lines) == 0 {
		return "", ""
	}
	return lines[0], strings.Join(lines[1:], " ")
}

// Plural is "1 case" or "2 cases".
func Plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}
