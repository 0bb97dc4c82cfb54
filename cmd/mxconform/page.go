package main

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// pageWidth is how wide text is made, where it can be broken.
const pageWidth = 98

// A page is text for a terminal.
type page struct {
	bytes.Buffer
	color bool
}

func (p *page) line(format string, args ...any) {
	fmt.Fprintf(p, format, args...)
	p.WriteByte('\n')
}

// heading begins a part of the page.
func (p *page) heading(format string, args ...any) {
	p.line("")
	p.line("%s", p.bold(fmt.Sprintf(format, args...)))
}

// paragraph writes text broken into lines, each after the indent.
func (p *page) paragraph(indent, text string) {
	p.hanging(indent, indent, text)
}

// hanging is a paragraph whose first line begins with a text of its own, as
// wide as the indent of the others.
func (p *page) hanging(first, indent, text string) {
	width := pageWidth - utf8.RuneCountInString(indent)
	if text != "" && utf8.RuneCountInString(text) <= width {
		p.line("%s%s", first, text) // blanks in it are kept: it may be data
		return
	}
	for _, l := range wrap(text, width) {
		p.line("%s%s", first, l)
		first = indent
	}
}

// A style is how a terminal shows text: the number of an escape sequence.
type style string

const (
	plain  style = ""
	bold   style = "1"
	dim    style = "2"
	red    style = "31"
	green  style = "32"
	yellow style = "33"
)

func (p *page) in(s style, text string) string {
	if !p.color || s == plain || text == "" {
		return text
	}
	return "\x1b[" + string(s) + "m" + text + "\x1b[0m"
}

func (p *page) bold(text string) string { return p.in(bold, text) }

// pad fills text with blanks on the right, padLeft on the left.
func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(0, width-utf8.RuneCountInString(text)))
}

func padLeft(text string, width int) string {
	return strings.Repeat(" ", max(0, width-utf8.RuneCountInString(text))) + text
}

// cut shortens a line that is too long to be read.
func cut(text string, width int) string {
	if utf8.RuneCountInString(text) <= width {
		return text
	}
	return string([]rune(text)[:width-1]) + "…"
}

// wrap breaks text into lines at blanks; a word that is too long stays whole.
func wrap(text string, width int) []string {
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

// plural is "1 case" or "2 cases".
func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}
