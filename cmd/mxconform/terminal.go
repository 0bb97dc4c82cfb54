package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
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

// How soon a line appears that says what runs, how often it changes on
// a terminal, and from when on it tells how long the rest will take.
const (
	progressAfter = 300 * time.Millisecond
	progressEvery = 100 * time.Millisecond
	estimateAfter = 2 * time.Second
)

// A progressLine says on stderr what runs. On a terminal it changes, and says
// how far that is; elsewhere it is written once.
type progressLine struct {
	mu       sync.Mutex
	w        io.Writer
	terminal bool
	what     string
	start    time.Time
	next     time.Time
	width    int // of what is on the terminal now
	timer    *time.Timer
}

// progressLine starts a line. What takes less than progressAfter has none.
func (t *tool) progressLine(what string) *progressLine {
	now := time.Now()
	p := &progressLine{w: t.stderr, terminal: t.progress, what: what, start: now, next: now.Add(progressAfter)}
	p.mu.Lock() // begin may run at once
	defer p.mu.Unlock()
	p.timer = time.AfterFunc(progressAfter, p.begin)
	return p
}

// begin says what runs.
func (p *progressLine) begin() {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.timer == nil: // it is over
	case p.terminal && p.width == 0:
		p.draw(p.what)
	case !p.terminal:
		fmt.Fprintf(p.w, "mxconform: %s ...\n", p.what)
	}
}

// show writes the line anew if it is time for that.
func (p *progressLine) show(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.terminal || time.Now().Before(p.next) {
		return
	}
	p.next = time.Now().Add(progressEvery)
	p.draw(fmt.Sprintf(format, args...))
}

// showOf is show for what is done of a total, with the time that is left as far
// as can be told from the time so far.
func (p *progressLine) showOf(done, total int, format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	if gone := time.Since(p.start); gone >= estimateAfter && done > 0 {
		left := time.Duration(float64(gone) / float64(done) * float64(total-done))
		line += fmt.Sprintf(", about %v left", max(left, time.Second).Round(time.Second))
	}
	p.show("%s", line)
}

// clear ends the line, and takes it away from a terminal.
func (p *progressLine) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.timer.Stop()
	p.timer = nil
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
