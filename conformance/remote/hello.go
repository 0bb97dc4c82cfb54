package remote

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/posixfd/hostmodel"
	"mx.example/handle"
)

// Version is that of the protocol.
const Version = 1

// A hello is what a kernel says of itself.
type hello struct {
	name       string
	editions   []handle.Edition
	kernels    int
	waits      int
	data       uint64
	items      int
	churn      bool
	interrupt  bool
	lacks      []conformance.Part
	descriptor string
}

var nameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]*$`)

// parseHello reads the answer to the request hello.
func parseHello(a *answer) (h hello, err error) {
	if err := a.err(); err != nil {
		return h, fmt.Errorf("hello was answered with %w", err)
	}
	if len(a.results) < 2 || a.results[0] != "mxwire" {
		return h, fmt.Errorf("the answer to hello has no mxwire VERSION: %q", strings.Join(a.results, " "))
	}
	if v := a.results[1]; v != strconv.Itoa(Version) {
		return h, fmt.Errorf("the adapter speaks version %s of the protocol, and this is version %d", v, Version)
	}
	h = hello{name: "remote", editions: []handle.Edition{handle.Manual}, kernels: 1, data: 4096, items: 64}
	for _, w := range a.results[2:] {
		key, value, _ := strings.Cut(w, "=")
		if err := h.set(key, value); err != nil {
			return h, fmt.Errorf("the answer to hello has %s: %w", w, err)
		}
	}
	return h, nil
}

func (h *hello) set(key, value string) (err error) {
	var words []string
	if value != "" {
		words = strings.Split(value, ",")
	}
	switch key {
	case "name":
		if !nameForm.MatchString(value) {
			return fmt.Errorf("a name has lower-case letters, digits and hyphens")
		}
		h.name = value
	case "editions":
		h.editions = nil
		for _, w := range words {
			e, err := handle.ParseEdition(w)
			if err != nil {
				return err
			}
			if !slices.Contains(h.editions, e) {
				h.editions = append(h.editions, e)
			}
		}
		if h.editions == nil {
			return fmt.Errorf("there must be one edition at least")
		}
	case "kernels":
		h.kernels, err = bounded(value, 1)
	case "waits":
		h.waits, err = bounded(value, 0)
	case "items":
		h.items, err = bounded(value, 0)
	case "data":
		var n int
		n, err = bounded(value, 1)
		h.data = uint64(n)
	case "has":
		h.churn = slices.Contains(words, "churn")
		h.interrupt = slices.Contains(words, "interrupt")
	case "lacks":
		for _, w := range words {
			p, err := conformance.ParsePart(w)
			if err != nil {
				return err
			}
			h.lacks = append(h.lacks, p)
		}
	case "descriptor":
		if !slices.Contains(hostmodel.Kinds(), value) {
			return fmt.Errorf("the kinds of descriptor are %s", strings.Join(hostmodel.Kinds(), ", "))
		}
		h.descriptor = value
	}
	return err
}

// bounded reads a number that makes sense as a count of things in memory.
func bounded(value string, least int) (int, error) {
	n, err := strconv.ParseUint(value, 0, 31)
	if err != nil || n < uint64(least) {
		return 0, fmt.Errorf("expected a number from %d on", least)
	}
	return int(n), nil
}
