package remote

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"
)

// Exec makes a backend of the kernel behind the standard input and output of a
// program. The command is split into words as a shell does: blanks part them,
// quotes ('…' and "…") and backslashes keep them together, and nothing else is
// special. What the program writes to its standard error is output of the
// kernel, too.
//
// The error is about the command. A kernel that does not come up is a backend
// that is not available.
func Exec(command string, o Options) (Backend, error) {
	words, err := Words(command)
	if err != nil {
		return nil, err
	}
	if len(words) == 0 {
		return nil, errors.New("an empty command")
	}
	return newBackend("a kernel behind the program "+command, func() (stream, error) { return startChild(words) }, o)
}

// Words splits a command into words: see [Exec].
func Words(command string) ([]string, error) {
	var words []string
	var word []byte
	in := false // a word
	quote := byte(0)
	for i := 0; i < len(command); i++ {
		b := command[i]
		switch {
		case b == '\\' && quote != '\'':
			if i++; i == len(command) {
				return nil, errors.New("the command ends in a backslash")
			}
			word, in = append(word, command[i]), true
		case quote != 0:
			if b == quote {
				quote = 0
			} else {
				word = append(word, b)
			}
		case b == '\'' || b == '"':
			quote, in = b, true
		case b == ' ' || b == '\t' || b == '\n':
			if in {
				words, word, in = append(words, string(word)), word[:0], false
			}
		default:
			word, in = append(word, b), true
		}
	}
	if quote != 0 {
		return nil, fmt.Errorf("the command has a quote %c that does not end", quote)
	}
	if in {
		words = append(words, string(word))
	}
	return words, nil
}

// A child is a program that was started.
type child struct {
	cmd   *exec.Cmd
	in    io.WriteCloser
	out   *os.File
	errs  *os.File
	print chan func(string) // what takes the lines of standard error
	heard chan struct{}     // closed when there are no more
	once  sync.Once
	how   string
}

func startChild(words []string) (*child, error) {
	c := &child{cmd: exec.Command(words[0], words[1:]...), print: make(chan func(string), 1), heard: make(chan struct{})}
	ownGroup(c.cmd)
	var err error
	if c.in, err = c.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, outWrite, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	errs, errsWrite, err := os.Pipe()
	if err != nil {
		out.Close()
		outWrite.Close()
		return nil, err
	}
	c.out, c.errs, c.cmd.Stdout, c.cmd.Stderr = out, errs, outWrite, errsWrite
	err = c.cmd.Start()
	outWrite.Close()
	errsWrite.Close()
	if err != nil {
		c.in.Close()
		out.Close()
		errs.Close()
		return nil, err
	}
	go c.listen()
	return c, nil
}

// listen hands the lines of standard error on.
func (c *child) listen() {
	defer close(c.heard)
	print, ok := <-c.print
	if !ok {
		return
	}
	r := bufio.NewReader(c.errs)
	for {
		line, err := r.ReadString('\n')
		if line != "" {
			print(line)
		}
		if err != nil {
			return
		}
	}
}

// errorsTo says who takes the lines of standard error.
func (c *child) errorsTo(print func(string)) { c.print <- print }

func (c *child) Read(p []byte) (int, error)  { return c.out.Read(p) }
func (c *child) Write(p []byte) (int, error) { return c.in.Write(p) }

// kill ends the input, gives the program a moment, and ends it and what it has
// started.
func (c *child) kill() string {
	c.once.Do(func() {
		c.in.Close()
		ended := make(chan error, 1)
		go func() { ended <- c.cmd.Wait() }()
		grace := time.NewTimer(KillGrace)
		defer grace.Stop()
		var err error
		killed := false
		select {
		case err = <-ended:
			killGroup(c.cmd) // what it has started
		case <-grace.C:
			killed = true
			killGroup(c.cmd)
			err = <-ended
		}
		// Whoever else has the other ends is not waited for.
		soon := time.Now().Add(KillGrace)
		c.errs.SetReadDeadline(soon)
		c.out.SetReadDeadline(soon)
		select {
		case c.print <- func(string) {}:
		default:
		}
		<-c.heard
		c.errs.Close()
		switch {
		case killed:
			c.how = "it was killed"
		case err == nil:
			c.how = "exit status 0"
		default:
			c.how = err.Error()
		}
	})
	return c.how
}

func (c *child) done() { c.out.Close() }
