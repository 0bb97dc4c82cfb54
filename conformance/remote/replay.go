package remote

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"mx.example/status"
)

// Replay makes a backend of a record (Options.Wire): it answers as the kernel
// did then, and prints what the kernel printed. Cases may come in any order, and
// more than once. A case is found by its name; one that the record does not
// name, by what is asked. What nobody asked the kernel then is unsupported.
func Replay(record io.Reader, o Options) (Backend, error) {
	t, err := readTape(record)
	if err != nil {
		return nil, err
	}
	return newBackend("what a kernel said before", func() (stream, error) { return t.play(), nil }, o)
}

// A tape is a record, cut into cases.
type tape struct {
	hello string // the answer, without number
	cases []*taped
}

// A taped case begins with a reset.
type taped struct {
	name  string // "" if the record does not say
	steps []tapedStep
}

// A tapedStep is a request and what the kernel said until the next one.
type tapedStep struct {
	number  string
	request string   // without number, see asked
	said    []string // lines with their marks
	ended   bool     // the kernel was given up then
}

func readTape(record io.Reader) (*tape, error) {
	t := &tape{}
	now := make(map[string]*taped)     // the case of each connection
	greetings := make(map[string]bool) // the requests hello, by connection and number
	r := bufio.NewReader(record)
	for n := 1; ; n++ {
		text, err := r.ReadString('\n')
		if text == "" && err != nil {
			if !errors.Is(err, io.EOF) {
				return nil, err
			}
			break
		}
		head, rest, ok := strings.Cut(strings.TrimSuffix(text, "\n"), " ")
		if len(head) < 2 || !ok || !strings.ContainsRune("><|#", rune(head[len(head)-1])) {
			return nil, fmt.Errorf("line %d is not of a record: expected a number and one of > < | #", n)
		}
		id, mark := head[:len(head)-1], head[len(head)-1]
		word, words, _ := strings.Cut(rest, " ")
		of, number := now[id], strings.TrimPrefix(word, "=")
		switch {
		case mark == '>' && strings.HasPrefix(words, "hello "):
			greetings[id+" "+number] = true
		case mark == '<' && greetings[id+" "+number]:
			t.hello = words // also one that comes late
		case mark == '>':
			if strings.HasPrefix(words, "reset ") {
				of = &taped{}
				now[id], t.cases = of, append(t.cases, of)
			}
			if of != nil {
				request, _ := asked(words)
				of.steps = append(of.steps, tapedStep{number: number, request: request})
			}
		case of == nil: // before the first case
		case mark == '#' && strings.HasPrefix(rest, caseRemark):
			of.name = rest[len(caseRemark):]
		case mark == '#' && strings.HasPrefix(rest, closedRemark): // it was not the kernel that did
		case mark == '#':
			of.steps[len(of.steps)-1].ended = true
		default:
			last := &of.steps[len(of.steps)-1]
			last.said = append(last.said, string(mark)+rest)
		}
	}
	// One without a name among others that have names is a reset that failed.
	slices.SortStableFunc(t.cases, func(a, b *taped) int {
		switch {
		case a.name == "" && b.name != "":
			return 1
		case a.name != "" && b.name == "":
			return -1
		}
		return 0
	})
	if t.hello == "" {
		return nil, errors.New("the record has no answer to hello")
	}
	return t, nil
}

// asked is a request as it is compared: how long a wait may last depends on how
// busy the machine is. It also returns that time, or 0 if the request has none.
func asked(request string) (string, time.Duration) {
	words := strings.Split(request, " ")
	place, waits := map[string]int{"wait": 4, "wait-many": 2, "port-wait": 3}[words[0]]
	if !waits || place >= len(words) {
		return request, 0
	}
	us, err := strconv.ParseInt(words[place], 10, 64)
	if err != nil {
		return request, 0
	}
	words[place] = "some"
	return strings.Join(words, " "), time.Duration(us) * time.Microsecond
}

// play gives a kernel that answers from the tape.
func (t *tape) play() stream {
	r, w := io.Pipe()
	said := make(chan struct{})
	close(said)
	return &player{tape: t, PipeReader: r, out: w, said: said, killed: make(chan struct{})}
}

// A player is the stream to a kernel that answers from a tape.
type player struct {
	tape *tape
	*io.PipeReader
	out   *io.PipeWriter
	in    []byte
	could []*taped // cases that agree with what was asked and said so far
	at    int      // the step of theirs that comes next
	reset string   // the request that the case began with
	then  map[string]then
	said  chan struct{} // closed when the last answer so far has been said

	once   sync.Once
	killed chan struct{}
}

// A then is what a request of the record is now.
type then struct {
	number string
	until  time.Time // the deadline of a wait, or zero
}

// A saying is a line to be said, not before a time.
type saying struct {
	line string
	from time.Time
}

func (p *player) Write(b []byte) (int, error) {
	p.in = append(p.in, b...)
	for {
		i := bytes.IndexByte(p.in, '\n')
		if i < 0 {
			return len(b), nil
		}
		number, request, _ := strings.Cut(string(p.in[:i]), " ")
		p.in = p.in[i+1:]
		lines, ended := p.answer(number, request)
		before, said := p.said, make(chan struct{})
		p.said = said
		go func() {
			defer close(said)
			<-before
			p.say(lines, ended)
		}()
	}
}

// beginCase leaves only the cases of that name, if there are any. What the
// kernel said to the reset does not matter: it may have printed something then.
func (p *player) beginCase(name string) {
	var of []*taped
	for _, c := range p.tape.cases {
		if c.name == name && c.steps[0].request == p.reset {
			of = append(of, c)
		}
	}
	if len(of) > 0 {
		p.could = of
	}
}

// answer returns what the kernel says to a request, and whether it is gone then.
func (p *player) answer(number, request string) (lines []saying, ended bool) {
	request, lasts := asked(request)
	just := func(format string, args ...any) ([]saying, bool) {
		return []saying{{line: fmt.Sprintf("="+number+" "+format, args...)}}, false
	}
	if strings.HasPrefix(request, "hello ") {
		return just("%s", p.tape.hello)
	}
	if strings.HasPrefix(request, "reset ") {
		p.could, p.at, p.then, p.reset = p.tape.cases, 0, make(map[string]then), request
	}
	could := slices.DeleteFunc(slices.Clone(p.could), func(c *taped) bool {
		return len(c.steps) <= p.at || c.steps[p.at].request != request
	})
	if len(could) == 0 {
		if request == "abandon" {
			return just("0")
		}
		return just("no - the record has no such request here")
	}
	s := could[0].steps[p.at]
	p.could = slices.DeleteFunc(could, func(c *taped) bool { return !sameSaid(&c.steps[p.at], &s) })
	p.at++
	is := then{number: number}
	if lasts > 0 {
		is.until = time.Now().Add(lasts)
	}
	p.then[s.number] = is
	for _, l := range s.said {
		if l[0] != '<' {
			lines = append(lines, saying{line: l[1:]})
			continue
		}
		number, rest, _ := strings.Cut(l[2:], " ")
		of := p.then[number]
		say := saying{line: "=" + of.number + " " + rest}
		if status, _, _ := strings.Cut(rest, " "); status == timedOut {
			say.from = of.until
		}
		lines = append(lines, say)
	}
	return lines, s.ended
}

// timedOut is the status of a wait that its deadline has ended.
var timedOut = strconv.Itoa(int(status.ErrTimedOut))

// sameSaid reports whether the kernel said the same to two requests, but for
// the numbers.
func sameSaid(a, b *tapedStep) bool {
	return slices.EqualFunc(a.said, b.said, func(x, y string) bool {
		_, x, _ = strings.Cut(x, " ")
		_, y, _ = strings.Cut(y, " ")
		return x == y
	})
}

// say says lines, each when its time has come, and ends the connection if the
// kernel ended then.
func (p *player) say(lines []saying, ended bool) {
	for _, l := range lines {
		if left := time.Until(l.from); !l.from.IsZero() && left > 0 {
			select {
			case <-time.After(left):
			case <-p.killed:
			}
		}
		if _, err := io.WriteString(p.out, l.line+"\n"); err != nil {
			return // it was killed
		}
	}
	if ended {
		p.out.Close()
	}
}

func (p *player) kill() string {
	p.once.Do(func() { close(p.killed) })
	p.out.Close()
	p.PipeReader.Close()
	return "it was a record"
}

func (p *player) done() {}
