//go:build !race

package posixfd

const underRace = false
