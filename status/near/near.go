// Package near finds the names that a misspelled one may have been meant for,
// so that an error about an unknown name can say the way out.
package near

import (
	"slices"
	"strings"
)

// longest is the length from which on a word is no misspelling of anything:
// errors quote input of any size, and the work here grows with its length.
const longest = 64

// most is how many names are suggested; more would be a list, not a hint.
const most = 5

// Names returns those of among that word may stand for, the likeliest first
// and at most five: names that begin or end with it, or it with them, names
// that hold it as a part, and names that a few slips away. Case does not
// matter. It returns nil if there is none. Names equally near keep the order
// of among.
func Names(word string, among []string) []string {
	if word == "" || len(word) > longest {
		return nil
	}
	type candidate struct {
		name string
		far  int
	}
	var found []candidate
	w := strings.ToUpper(word)
	for _, name := range among {
		if far, ok := distance(w, strings.ToUpper(name)); ok {
			found = append(found, candidate{name, far})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return a.far - b.far })
	if len(found) > most {
		found = found[:most]
	}
	var names []string
	for _, c := range found {
		names = append(names, c.name)
	}
	return names
}

// distance says how far word is from name, and whether that is near enough to
// be worth saying. A slip counts 2 and a part of a name 3, so that a name with
// one wrong letter comes before one that is merely longer, and that before one
// with two.
func distance(word, name string) (far int, near bool) {
	const slip, part = 2, 3
	slips := edits(word, name)
	if slips <= 1+len(name)/6 && slips < len(name) {
		return slip * slips, true
	}
	if name == "" {
		return 0, false
	}
	if strings.HasSuffix(word, name) || strings.HasPrefix(word, name) {
		return part, true
	}
	if len(word) >= 3 && strings.Contains(name, word) {
		return part, true
	}
	return 0, false
}

// edits counts the letters to insert, delete or replace, and the pairs of
// neighbors to swap, to turn a into b.
func edits(a, b string) int {
	// Three rows of the usual table are enough: a swap looks two rows back.
	older, old, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range old {
		old[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			replace := old[j]
			if a[i] != b[j] {
				replace++
			}
			row[j+1] = min(replace, old[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], older[j-1]+1)
			}
		}
		older, old, row = old, row, older
	}
	return old[len(b)]
}
