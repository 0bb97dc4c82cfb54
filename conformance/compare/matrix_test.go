package compare

import "testing"

// TestCells holds what a cell says to its counts.
func TestCells(t *testing.T) {
	for _, test := range []struct {
		t     Tally
		cases int
		want  string
	}{
		{Tally{}, 3, "-"},
		{Tally{Available: true, Pass: 3}, 3, "all"},
		{Tally{Available: true, Pass: 2, Unsupported: 1}, 3, "2"},
		{Tally{Available: true, Pass: 1, Differs: 2}, 3, "1/2"},
		{Tally{Available: true, Pass: 1, Differs: 1, Bad: 1}, 3, "1/1!1"},
		{Tally{Available: true, Bad: 3}, 3, "0!3"},
	} {
		if got := test.t.Text(test.cases); got != test.want {
			t.Errorf("%+v of %d: %s, want %s", test.t, test.cases, got, test.want)
		}
	}
}
