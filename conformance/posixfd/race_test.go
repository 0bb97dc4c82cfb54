//go:build race

package posixfd

const underRace = true
