package remote

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Replay makes a backend of a record (Options.Wire): it answers as the kernel
// did then, and prints what the kernel printed. Cases may come in any order, and
// more than once. What nobody asked the kernel then is unsupported.
func Replay(record io.Reader, o Options) (Backend, error) {
	t, err := readTape(record)
	if err != nil {
		return nil, err
	}
	return newBackend(func() (stream, error) { return t.play(), nil }, o)
}

// A tape is a record, cut into cases.
type tape struct {
	hello string // the answer, without number
	cases []taped
}

// A taped case begins with a reset.
type taped struct{ steps []tapedStep }

// A tapedStep is a request and what the kernel said until the next one.
type tapedStep struct {
	number  string
	request string   // without number
	said    []string // lines with their marks
	ended   bool     // the kernel was given up then
}

func readTape(record io.Reader) (*tape, error) {
	t := &tape{}
	now := make(map[string]*taped) // the case of each connection
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
		if len(head) < 2 || !ok {
			return nil, fmt.Errorf("line %d is not of a record: expected a number and one of > < | #", n)
		}
		id, mark := head[:len(head)-1], head[len(head)-1]
		if mark == '>' {
			number, request, _ := strings.Cut(rest, " ")
			if strings.HasPrefix(request, "reset ") {
				t.keep(now[id])
				now[id] = &taped{}
			}
			if c := now[id]; c != nil {
				c.steps = append(c.steps, tapedStep{number: number, request: request})
			}
			continue
		}
		if c := now[id]; c != nil {
			s := &c.steps[len(c.steps)-1]
			if mark == '#' {
				s.ended = true
			} else {
				s.said = append(s.said, string(mark)+rest)
			}
		} else if _, words, ok := strings.Cut(rest, " "); ok && mark == '<' {
			t.hello = words
		}
	}
	for _, c := range now {
		t.keep(c)
	}
	if t.hello == "" {
		return nil, errors.New("the record has no answer to hello")
	}
	return t, nil
}

func (t *tape) keep(c *taped) {
	if c != nil {
		t.cases = append(t.cases, *c)
	}
}

// play gives a kernel that answers from the tape.
func (t *tape) play() stream {
	r, w := io.Pipe()
	return &player{tape: t, PipeReader: r, out: w}
}

// A player is the stream to a kernel that answers from a tape.
type player struct {
	tape *tape
	*io.PipeReader
	out     *io.PipeWriter
	in      []byte
	could   []*taped          // cases that agree with what was asked and said so far
	at      int               // the step of theirs that comes next
	numbers map[string]string // the numbers of requests then, and what they are now
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
		if err := p.answer(number, request); err != nil {
			return 0, err
		}
	}
}

func (p *player) answer(number, request string) error {
	if strings.HasPrefix(request, "hello ") {
		return p.say("=" + number + " " + p.tape.hello)
	}
	if strings.HasPrefix(request, "reset ") {
		p.could, p.at, p.numbers = nil, 0, make(map[string]string)
		for i := range p.tape.cases {
			p.could = append(p.could, &p.tape.cases[i])
		}
	}
	could := slices.DeleteFunc(slices.Clone(p.could), func(c *taped) bool {
		return len(c.steps) <= p.at || c.steps[p.at].request != request
	})
	if len(could) == 0 {
		if request == "abandon" {
			return p.say("=" + number + " 0")
		}
		return p.say("=" + number + " no - the record has no such request here")
	}
	s := could[0].steps[p.at]
	p.could = slices.DeleteFunc(could, func(c *taped) bool { return !sameSaid(&c.steps[p.at], &s) })
	p.at++
	p.numbers[s.number] = number
	for _, l := range s.said {
		if l[0] != '<' {
			if err := p.say(l[1:]); err != nil {
				return err
			}
			continue
		}
		then, rest, _ := strings.Cut(l[2:], " ")
		if err := p.say("=" + p.numbers[then] + " " + rest); err != nil {
			return err
		}
	}
	if s.ended {
		return p.out.Close()
	}
	return nil
}

// sameSaid reports whether the kernel said the same to two requests, but for
// the numbers.
func sameSaid(a, b *tapedStep) bool {
	return slices.EqualFunc(a.said, b.said, func(x, y string) bool {
		_, x, _ = strings.Cut(x, " ")
		_, y, _ = strings.Cut(y, " ")
		return x == y
	})
}

func (p *player) say(line string) error {
	_, err := p.out.Write(append([]byte(line), '\n'))
	return err
}

func (p *player) kill() string {
	p.out.Close()
	p.PipeReader.Close()
	return "it was a record"
}

func (p *player) done() {}
