package near_test

import (
	"slices"
	"strings"
	"testing"

	"mx.example/status/near"
)

func TestNames(t *testing.T) {
	among := []string{"", "OK", "SHOULD_WAIT", "BAD_STATE", "BAD_HANDLE", "W-FULL", "X-FULL", "stream-write-is-short"}
	for _, test := range []struct {
		word string
		want []string
	}{
		{"SHOULD_WIAT", []string{"SHOULD_WAIT"}},        // swapped
		{"SHOULDWAIT", []string{"SHOULD_WAIT"}},         // left out
		{"should_wait", []string{"SHOULD_WAIT"}},        // case
		{"MX_SHOULD_WAIT", []string{"SHOULD_WAIT"}},     // more than the name
		{"BAD", []string{"BAD_STATE", "BAD_HANDLE"}},    // a part, in order
		{"W-FUL", []string{"W-FULL", "X-FULL"}},         // one slip before two
		{"FULL", []string{"W-FULL", "X-FULL"}},          // the end
		{"write-is", []string{"stream-write-is-short"}}, // the middle
		{"stram-wirte-is-short", []string{among[7]}},    // two slips in a long name
		{"Y-FULL", []string{"W-FULL", "X-FULL"}},        // a tie keeps the order
		{"OK2", []string{"OK"}},                         //
		{"nothing-like-it", nil},                        //
		{"", nil},                                       //
		{"W", nil},                                      // too little to go by
		{strings.Repeat("BAD_STATE", 8), nil},           // too long to be a slip
		{"BAD_STATES", []string{"BAD_STATE"}},           //
	} {
		got := near.Names(test.word, among)
		if !slices.Equal(got, test.want) {
			t.Errorf("Names(%q) = %q, want %q", test.word, got, test.want)
		}
	}
}

func TestNamesNearestFirstAndFew(t *testing.T) {
	among := []string{"READABLES", "READABLE", "READ", "READ_1", "READ_2", "READ_3", "READ_4"}
	got := near.Names("READ", among)
	if len(got) != 5 || got[0] != "READ" {
		t.Errorf("Names(READ) = %q, want five names, READ itself first", got)
	}
}
