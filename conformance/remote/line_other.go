//go:build !linux

package remote

import (
	"errors"
	"os"
)

const noControl = 0

// makeRaw leaves the line as stty has set it.
func makeRaw(*os.File) error { return errors.ErrUnsupported }
