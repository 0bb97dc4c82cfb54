//go:build !(linux && amd64)

package main

const supported = false

func trace(string, string) (steps, error) { return nil, errUnsupported }
