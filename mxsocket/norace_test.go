//go:build !race

package mxsocket

const underRace = false
