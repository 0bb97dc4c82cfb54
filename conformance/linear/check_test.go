package linear

import (
	"strconv"
	"strings"
	"testing"

	"mx.example/conformance/trace"
	"mx.example/handle"
)

// scene is what every history begins with.
const scene = `
1 2 main table p -> OK
3 4 main table q -> OK
5 6 main create stream capacity=3 table=p -> OK a b
7 8 main event table=p -> OK e
`

// parse makes a history of lines such as "9 ~10 15 c1 wait b READABLE
// until=never -> OK READABLE": called, blocked, returned, client, call and
// answer; and "12 quiet c1", an instant at which c1 was blocked.
func parse(t *testing.T, lines string) *History {
	t.Helper()
	h := &History{Config: Config{Edition: handle.Manual}}
	latest := map[string]*Op{}
	text := "case x\ndoc x.\nclauses O-LINEAR\n"
	for line := range strings.Lines(scene + lines) {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		if f[1] == "quiet" {
			q := Quiet{At: number(t, f[0])}
			for _, client := range f[2:] {
				q.Waiting = append(q.Waiting, latest[client])
			}
			h.Quiets = append(h.Quiets, q)
			continue
		}
		op := &Op{Called: number(t, f[0])}
		if blocked, ok := strings.CutPrefix(f[1], "~"); ok {
			op.Parked = number(t, blocked)
			f = f[1:]
		}
		op.Returned = number(t, f[1])
		if f[2] != clientName(0) {
			op.Client = int(number(t, f[2][1:]))
		}
		latest[f[2]] = op
		h.Ops = append(h.Ops, op)
		text += strings.Join(f[3:], " ") + "\n"
	}
	cases, err := trace.Parse("test", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for i, step := range cases[0].Steps {
		w := step.Want[0]
		h.Ops[i].Call = step.Call
		h.Ops[i].Result = trace.Result{Status: w.Status, N: w.N, Data: []byte(w.Data.Text), Observed: w.Signals.Must}
		for _, p := range w.Pending {
			h.Ops[i].Result.Pending = append(h.Ops[i].Result.Pending, p.Must)
		}
	}
	return h
}

func number(t *testing.T, s string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// Histories made up to be right or wrong for one reason each.
func TestCheck(t *testing.T) {
	for _, test := range []struct {
		name  string
		right bool
		lines string
	}{
		{"calls that overlap may be in either order", true, `
			9 12 c1 write a "x" -> OK 1
			10 11 c2 read b 1 -> OK "x"`},
		{"calls that do not may not", false, `
			9 10 c2 read b 1 -> OK "x"
			11 12 c1 write a "x" -> OK 1`},
		{"a write is contiguous", false, `
			9 12 c1 write a "xy" -> OK 2
			10 11 c2 write a "z" -> OK 1
			13 14 c1 read b 3 -> OK "xzy"`},
		{"a byte is read once", false, `
			9 10 c1 write a "x" -> OK 1
			11 14 c1 read b 1 -> OK "x"
			12 13 c2 read b 1 -> OK "x"`},
		{"a handle that was closed stays closed", false, `
			9 12 c1 close a -> OK
			10 11 c2 write a "x" -> BAD_HANDLE
			13 14 c2 write a "x" -> OK 1`},
		{"a wait sees what comes and goes", true, `
			9 ~10 20 c1 wait b USER_0 until=never -> OK WRITABLE LAST_HANDLE USER_0
			11 12 c2 signal b clear=none set=USER_0 -> OK
			13 14 c2 signal b clear=USER_0 set=none -> OK`},
		{"a wait does not see what was before", false, `
			9 10 c2 signal b clear=none set=USER_1 -> OK
			11 12 c2 signal b clear=USER_1 set=USER_0 -> OK
			13 20 c1 wait b USER_0 until=never -> OK WRITABLE LAST_HANDLE USER_0 USER_1`},
		{"a wait forgets nothing", false, `
			9 ~10 20 c1 wait b USER_0 until=never -> OK WRITABLE LAST_HANDLE USER_0
			11 12 c2 signal b clear=none set=USER_1 -> OK
			13 14 c2 signal b clear=USER_1 set=USER_0 -> OK`},
		{"a wait need not see what comes after its signal", true, `
			9 ~10 20 c1 wait b USER_0 until=never -> OK WRITABLE LAST_HANDLE USER_0
			11 12 c2 signal b clear=none set=USER_0 -> OK
			13 14 c2 signal b clear=none set=USER_1 -> OK`},
		{"a wait ends when there is a reason", false, `
			9 ~10 20 c1 wait b USER_0 until=never -> OK WRITABLE LAST_HANDLE`},
		{"a wait that never ends does not time out", false, `
			9 ~10 20 c1 wait b USER_0 until=never -> TIMED_OUT WRITABLE LAST_HANDLE`},
		{"a wait may sleep while nothing happens", true, `
			9 ~10 20 c1 wait b READABLE until=never -> CANCELED WRITABLE LAST_HANDLE HANDLE_CLOSED
			13 quiet c1
			14 15 main close b -> OK`},
		{"a wait may not sleep through a signal", false, `
			9 ~10 20 c1 wait b READABLE until=never -> CANCELED READABLE WRITABLE LAST_HANDLE HANDLE_CLOSED
			11 12 c2 write a "x" -> OK 1
			13 quiet c1
			14 15 main close b -> OK`},
		{"as it may while others are at work", true, `
			9 ~10 20 c1 wait b READABLE until=never -> CANCELED READABLE WRITABLE LAST_HANDLE HANDLE_CLOSED
			11 12 c2 write a "x" -> OK 1
			14 15 main close b -> OK`},
		{"nor through a close", false, `
			9 ~10 20 c1 wait b READABLE until=never -> CANCELED WRITABLE LAST_HANDLE HANDLE_CLOSED
			11 12 main close b -> OK
			13 quiet c1`},
		{"a cancellation wins", false, `
			9 ~10 20 c1 wait b READABLE until=never -> OK READABLE WRITABLE LAST_HANDLE HANDLE_CLOSED
			11 12 c2 write a "x" -> OK 1
			14 15 main close b -> OK`},
		{"items are no joint snapshot", true, `
			9 20 c1 wait-many a:none b:none until=past table=p -> TIMED_OUT (WRITABLE LAST_HANDLE USER_0) (WRITABLE LAST_HANDLE)
			10 11 c2 signal a clear=none set=USER_0 -> OK
			12 13 c2 signal a clear=USER_0 set=none -> OK
			14 15 c2 signal b clear=none set=USER_0 -> OK`},
		{"but each is what was", false, `
			9 ~10 20 c1 wait-many a:USER_0 b:USER_0 until=never table=p -> OK (WRITABLE LAST_HANDLE USER_0) (WRITABLE LAST_HANDLE USER_0)
			11 12 c2 signal a clear=none set=USER_0 -> OK`},
	} {
		t.Run(strings.ReplaceAll(test.name, " ", "-"), func(t *testing.T) {
			h := parse(t, test.lines)
			v, err := h.Check(limit)
			if err != nil {
				t.Fatal(err)
			}
			if test.right && v != nil {
				t.Errorf("found wrong:\n%v", v)
			}
			if !test.right && v == nil {
				t.Errorf("found right:\n%v", h)
			}
		})
	}
}

// A violation is printed up to where it shows, with the calls as a case has
// them.
func TestViolationText(t *testing.T) {
	v, err := parse(t, `
		9 14 c1 write a "xy" -> OK 2
		10 11 c2 read b 1 -> OK "y"
		12 13 c2 outstanding b -> OK 0
		15 16 c1 write a "more" -> OK 3`).Check(limit)
	if err != nil || v == nil {
		t.Fatal(v, err)
	}
	const want = `no order of these calls explains their answers (manual stream, capacity 0, 0 clients with 0 calls each, seed 0)

called–returned ~blocked, call and answer:
   1–2          main: table p -> OK
   3–4          main: table q -> OK
   5–6          main: create stream capacity=3 table=p -> OK a b
   7–8          main: event table=p -> OK e
   9–...        c1: write a "xy"
  10–11         c2: read b 1 -> OK "y"

the longest order that was found:
  main: table p -> OK
  main: table q -> OK
  main: create stream capacity=3 table=p -> OK a b
  main: event table=p -> OK e
  c1: write a "xy"
it has no place for:
  c2: read b 1 -> OK "y"
`
	if got := v.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
