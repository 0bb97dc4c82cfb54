package inproc_test

import (
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
)

func TestModelConforms(t *testing.T) { conformance.Test(t, inproc.Backend()) }
