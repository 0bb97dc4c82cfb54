package step

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// outcomes explores a program that tells what came of each run, and returns all
// that there was.
func outcomes(t *testing.T, every bool, program func() (threads []func(), told func() string, rest func())) (map[string]bool, Counts) {
	t.Helper()
	found := map[string]bool{}
	var told func() string
	var rest func()
	counts, failure := Explore(Program{
		Start: func() (threads []func()) {
			threads, told, rest = program()
			return threads
		},
		Quiet: func() { rest() },
		End: func(*Run) error {
			found[told()] = true
			return nil
		},
	}, Options{Every: every, Most: 3_000})
	if failure != nil && counts.Schedules > 3_000 {
		return nil, counts // too many
	}
	if failure != nil {
		t.Fatal(failure)
	}
	return found, counts
}

// random is a program of a few steps on a few objects of each kind, which
// always comes to an end.
func random(seed uint64) func() ([]func(), func() string, func()) {
	return func() ([]func(), func() string, func()) {
		rnd := rand.New(rand.NewPCG(seed, 0))
		var mutexes [2]Mutex
		var numbers [2]Uint32
		tokens := make(chan int, 1)
		told := make([]string, 2+rnd.IntN(2))
		var threads []func()
		for i := range told {
			kinds := make([]int, 2+rnd.IntN(3))
			for j := range kinds {
				kinds[j] = rnd.IntN(8)
			}
			which := rnd.IntN(2)
			var timer *Timer
			threads = append(threads, func() {
				say := func(x any) { told[i] += fmt.Sprint(x, " ") }
				for j, kind := range kinds {
					switch at := (which + j) % 2; kind {
					case 0:
						say(numbers[at].Load())
					case 1:
						numbers[at].Store(uint32(i + 1))
					case 2:
						say(numbers[at].CompareAndSwap(0, uint32(i+1)))
					case 3:
						mutexes[at].Lock()
						say(numbers[at].Add(1))
						mutexes[at].Unlock()
					case 4:
						say(Select(true, Sending(tokens, i)))
						say(Len(tokens))
					case 5:
						r := Receiving(tokens)
						say(Select(true, r))
						say(r.Value)
					case 6:
						if timer == nil {
							timer = NewTimer(time.Duration(i))
						} else {
							timer.Reset(time.Duration(i))
						}
						r := Receiving(tokens)
						say(Select(false, r, Receiving(timer.C)))
						say(r.Value)
						say(timer.Stop())
					case 7:
						say(Until(epoch))
					}
				}
			})
		}
		return threads, func() string {
				return fmt.Sprint(told, numbers[0].v, numbers[1].v)
			}, func() {
				if len(tokens) > 0 {
					<-tokens
				}
			}
	}
}

// The reduction leaves out orders, and nothing that comes of them.
func TestReductionLosesNothing(t *testing.T) {
	var every, some Counts
	for seed := range uint64(100) {
		all, n := outcomes(t, true, random(seed))
		if all == nil {
			continue
		}
		few, m := outcomes(t, false, random(seed))
		if !maps.Equal(all, few) {
			t.Fatalf("seed %d: %d outcomes of every order, %d of some:\n%v\n%v", seed, len(all), len(few),
				slices.Sorted(maps.Keys(all)), slices.Sorted(maps.Keys(few)))
		}
		every.Schedules += n.Schedules
		some.Schedules += m.Schedules
		some.Cut += m.Cut
	}
	t.Logf("%d schedules, of which %d do, with %d cut short", every.Schedules, some.Schedules, some.Cut)
	if some.Schedules*10 > every.Schedules {
		t.Error("the reduction hardly reduces")
	}
}
