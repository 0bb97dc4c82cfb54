//go:build unix

package remote_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/remote"
	"mx.example/handle"
)

// faultVariable makes this program an adapter with that fault, and
// pidsVariable is the directory in which it leaves its process number.
const (
	faultVariable = "MXWIRE_TEST_FAULT"
	pidsVariable  = "MXWIRE_TEST_PIDS"
)

// faulty is an adapter that answers every call with a status and has a fault,
// which shows when a socket is created, or in the long form at every tenth call.
func faulty(fault string) {
	os.WriteFile(filepath.Join(os.Getenv(pidsVariable), strconv.Itoa(os.Getpid())), nil, 0o666)
	rng := rand.New(rand.NewPCG(1, 2))
	say := func(format string, args ...any) {
		text := fmt.Sprintf(format, args...)
		if fault != "slow" {
			os.Stdout.WriteString(text)
			return
		}
		for i := range len(text) {
			if rng.IntN(10) == 0 {
				time.Sleep(time.Duration(rng.IntN(1000)) * time.Microsecond)
			}
			os.Stdout.WriteString(text[i : i+1])
		}
	}
	say("BIOS 1.0\r\nLoading kernel ...\r\n\r\n[    0.000000] console on\n=== ready ===\n")
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 16<<20)
	for n := 1; lines.Scan(); n++ {
		number, rest, _ := strings.Cut(lines.Text(), " ")
		verb, _, _ := strings.Cut(rest, " ")
		due := verb == "create"
		if os.Getenv("MXCONFORM_LONG") != "" {
			due = n%10 == 0
		}
		switch {
		case fault == "crash" && due:
			say("kernel panic: out of sockets")
			os.Exit(3)
		case fault == "hang" && due:
			// Something else holds the output, too, and outlives the input.
			sleeper := exec.Command("sleep", "1000")
			sleeper.Stdout = os.Stdout
			sleeper.Start()
			os.WriteFile(filepath.Join(os.Getenv(pidsVariable), strconv.Itoa(sleeper.Process.Pid)), nil, 0o666)
			select {}
		case fault == "garbage" && due:
			junk := make([]byte, 3000)
			for i := range junk {
				junk[i] = byte(rng.Uint32())
			}
			say("%s\n=%d 0\n=12x 0\n", junk, rng.Uint32())
			continue
		}
		switch verb {
		case "hello":
			say("=%s 0 mxwire 1 name=faulty editions=manual data=1000000 waits=2 colour=blue\n", number)
		case "reset", "abandon":
			say("=%s 0\r\n", number)
		case "create":
			say("[    1.5] created\n=%s 0 4 8 ; with a remark\n", number)
		default:
			say("=%s -2\n", number)
		}
	}
}

// gone reports whether none of the processes of a faulty adapter is left.
func gone(t *testing.T, dir string) {
	t.Helper()
	pids, err := os.ReadDir(dir)
	if err != nil || len(pids) == 0 {
		t.Fatalf("no adapter was started: %v", err)
	}
	for _, p := range pids {
		pid, _ := strconv.Atoi(p.Name())
		if err := syscall.Kill(pid, 0); !errors.Is(err, syscall.ESRCH) {
			// One that was killed and not waited for by init is no process any more.
			stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
			if _, state, _ := strings.Cut(string(stat), ") "); !strings.HasPrefix(state, "Z") {
				t.Errorf("process %d is left: %v", pid, err)
			}
		}
	}
}

// Whatever the adapter does, every case gets a verdict, and nothing is left.
func TestFaultyAdapters(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cases := conformance.Cases()[:8]
	if os.Getenv("MXCONFORM_LONG") != "" {
		cases = conformance.Cases()[:40]
	}
	for _, f := range []struct {
		fault, shown string
	}{
		{"crash", "kernel panic: out of sockets"},
		{"hang", "did not answer within"},
		{"garbage", "the kernel answered"},
		{"slow", ""},
	} {
		t.Run(f.fault, func(t *testing.T) {
			t.Parallel() // most of it waits
			dir := t.TempDir()
			command := fmt.Sprintf("env %s=%s '%s=%s' '%s'", faultVariable, f.fault, pidsVariable, dir, self)
			b, err := remote.Exec(command, remote.Options{CallTimeout: 500 * time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			if err := b.Available(); err != nil {
				t.Fatal(err)
			}
			r := conformance.Run(context.Background(), []conformance.Backend{b}, cases, conformance.Options{})
			if err := b.Close(); err != nil {
				t.Error(err)
			}
			shown := false
			for i := range r.Cases {
				res := r.Cases[i].Results[0]
				if res == nil || res.Outcome == "" {
					t.Fatalf("%s has no verdict", r.Cases[i].Case.Name)
				}
				shown = shown || strings.Contains(res.Detail, f.shown)
				if f.fault == "slow" && strings.Contains(res.Detail, "kernel") && res.Outcome != conformance.UnsupportedCase {
					t.Errorf("a slow line made a difference: %s", res.Detail)
				}
			}
			if !shown {
				t.Errorf("no failure shows %q; the first: %s", f.shown, r.Cases[0].Results[0].Detail)
			}
			gone(t, dir)
		})
	}
}

// A kernel that does not come up is not available, and says why.
func TestDeadFromTheStart(t *testing.T) {
	b, err := remote.Exec("sh -c 'echo no such board >&2; exit 4'", remote.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	if err := b.Available(); err == nil || !strings.Contains(err.Error(), "no such board") || !strings.Contains(err.Error(), "exit status 4") {
		t.Errorf("%v", err)
	}
	for range 5 {
		if _, err = b.Boot(handle.Manual); err == nil {
			t.Fatal("it boots")
		}
	}
	if !strings.Contains(err.Error(), "given up after 3 failed starts") {
		t.Errorf("after many tries: %v", err)
	}
}

// What an adapter may not say of itself is told.
func TestBadHellos(t *testing.T) {
	for answer, want := range map[string]string{
		"0 mxwire 2":                    "speaks version 2",
		"0 ready":                       "no mxwire VERSION",
		"-2":                            "NOT_SUPPORTED",
		"0 mxwire 1 name=Big":           "lower-case",
		"0 mxwire 1 editions=magenta":   "magenta",
		"0 mxwire 1 waits=many":         "expected a number",
		"0 mxwire 1 lacks=legs":         "legs",
		"0 mxwire 1 descriptor=carrier": "unix-stream",
	} {
		b, err := remote.Exec(fmt.Sprintf(`sh -c 'read n rest; echo "=$n %s"; cat >/dev/null'`, answer), remote.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Available(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", answer, err, want)
		}
		b.Close()
	}
}

func TestWords(t *testing.T) {
	for command, want := range map[string]string{
		`qemu -serial stdio`:       "qemu|-serial|stdio",
		`  a  'b c' "d e"f\ g '' `: "a|b c|d ef g|",
	} {
		words, err := remote.Words(command)
		if got := strings.Join(words, "|"); err != nil || got != want {
			t.Errorf("%s: %q, %v", command, got, err)
		}
	}
	for _, bad := range []string{`a "b`, `a 'b`, `a\`} {
		if _, err := remote.Words(bad); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
}

// A unix connection, and a record that is played back.
func TestConnectAndReplay(t *testing.T) {
	for address, want := range map[string]string{
		"nowhere": "expected HOST:PORT", "/dev/null/x": "", "/etc": "no device", "replay:/none": "no such file",
	} {
		b, err := remote.Connect(address, remote.Options{})
		if err == nil {
			err = b.Available()
			b.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", address, err)
		}
	}
	var wire strings.Builder
	command := python(t) + " adapter/python/toy.py"
	b, err := remote.Exec(command, remote.Options{Wire: &wire})
	if err != nil {
		t.Fatal(err)
	}
	c := &conformance.Cases()[0]
	for i := range conformance.Cases() {
		if conformance.Cases()[i].Name == "walkthrough-short-write" {
			c = &conformance.Cases()[i]
		}
	}
	then := conformance.RunCase(t.Context(), b, handle.Manual, c)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := remote.Replay(strings.NewReader(wire.String()), remote.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	now := conformance.RunCase(t.Context(), again, handle.Manual, c)
	if then.Outcome != conformance.Pass || now.Outcome != then.Outcome || len(now.Steps) != len(then.Steps) {
		t.Errorf("%s (%s), and played back %s (%s)\n%s", then.Outcome, then.Detail, now.Outcome, now.Detail, wire.String())
	}
	if _, err := remote.Replay(strings.NewReader("no record\n"), remote.Options{}); err == nil {
		t.Error("what is no record is taken for one")
	}
}
