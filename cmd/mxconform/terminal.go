package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"
)

// isTerminal reports whether w is a character device, which is as much as can
// be told without a call of one system only.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// wantsColor reports whether text on w is to be colored: on a terminal that
// can, unless NO_COLOR says not to (https://no-color.org).
func wantsColor(w io.Writer) bool {
	term := os.Getenv("TERM")
	return os.Getenv("NO_COLOR") == "" && term != "" && term != "dumb" && isTerminal(w)
}

// How soon a progress line appears, and how often it changes.
const (
	progressAfter = 300 * time.Millisecond
	progressEvery = 100 * time.Millisecond
)

// A progressLine is a line on a terminal that says how far something is. Its
// zero value shows nothing. Calls come from one goroutine at a time.
type progressLine struct {
	w     io.Writer
	next  time.Time
	width int // of what is on the terminal now
}

// progressLine starts a line, which stays silent unless stderr is a terminal.
func (t *tool) progressLine() *progressLine {
	if !t.progress {
		return &progressLine{}
	}
	return &progressLine{w: t.stderr, next: time.Now().Add(progressAfter)}
}

// show writes the line anew if it is time for that.
func (p *progressLine) show(format string, args ...any) {
	if p.w == nil || time.Now().Before(p.next) {
		return
	}
	p.next = time.Now().Add(progressEvery)
	p.draw(fmt.Sprintf(format, args...))
}

// clear takes the line away.
func (p *progressLine) clear() {
	if p.width > 0 {
		p.draw("")
		fmt.Fprint(p.w, "\r")
		p.width = 0
	}
}

// draw puts a line in the place of the one before. Blanks cover what was
// longer; there is no escape that every terminal knows.
func (p *progressLine) draw(line string) {
	width := utf8.RuneCountInString(line)
	fmt.Fprintf(p.w, "\r%s%s", line, strings.Repeat(" ", max(0, p.width-width)))
	p.width = width
}
