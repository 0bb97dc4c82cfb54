package clause

import (
	"fmt"
	"path"
	"slices"
)

// A Source is where the reading of an edition can be looked up: one place in
// one file of one commit.
type Source struct {
	Edition    string `json:"edition"`
	Repository string `json:"repository"` // on GitHub; the commit counts, whoever keeps a copy of it
	File       string `json:"file"`       // a page of the manual, or a file of the kernel
	Where      string `json:"where"`      // the section of a page, or functions of a file
	Commit     string `json:"commit"`     // 40 digits
}

// String returns the file, the place in it and the commit, in one line.
func (s Source) String() string {
	return fmt.Sprintf("%s, %s, at %s", s.File, s.Where, s.Commit[:12])
}

// A Pin is what an edition stands for: one commit, or one a file where the
// sources are not to be had as a whole tree.
type Pin struct {
	Edition string
	Says    string // what the edition is, in one line
	Commit  string // 40 digits; of its main file
}

// Pins returns what each edition stands for, in the order of [Editions].
func Pins() []Pin {
	return []Pin{
		{"manual", "the manual pages of Magenta of 2017-06-26; where they say nothing, the kernel of that commit", magenta},
		{"kernel2017", "the Magenta kernel of 2017-06-26", magenta},
		{"zircon", "the Zircon kernel of 2026: the commit of its sockets; other files have a commit of their own, which their sources name", zirconFiles[zxSocket]},
	}
}

// The sources of 2017 are one commit of one repository.
const (
	magentaRepository = "zhuzhengchao/magenta"
	magenta           = "20fa265d99e9ac40ef8df300b65dd31b3cc3fde9"
)

// Files of the kernel of 2017.
const (
	mxSocket     = "kernel/lib/magenta/socket_dispatcher.cpp"
	mxSocketH    = "kernel/lib/magenta/include/magenta/socket_dispatcher.h"
	mxPort       = "kernel/lib/magenta/port_dispatcher_v2.cpp"
	mxTracker    = "kernel/lib/magenta/state_tracker.cpp"
	mxWait       = "kernel/lib/magenta/wait_state_observer.cpp"
	mxDispatcher = "kernel/lib/magenta/dispatcher.cpp"
	mxEvent      = "kernel/lib/magenta/event_dispatcher.cpp"
	mxHandles    = "kernel/lib/magenta/magenta.cpp"
	mxProcess    = "kernel/lib/magenta/process_dispatcher.cpp"
	mxProcessH   = "kernel/lib/magenta/include/magenta/process_dispatcher.h"
	mxSemaphore  = "kernel/lib/magenta/semaphore.cpp"
	mxSysSocket  = "kernel/lib/syscalls/syscalls_socket.cpp"
	mxSysObject  = "kernel/lib/syscalls/syscalls_object.cpp"
	mxSysWait    = "kernel/lib/syscalls/syscalls_object_wait.cpp"
	mxSysPort    = "kernel/lib/syscalls/syscalls_port.cpp"
	mxSysHandle  = "kernel/lib/syscalls/syscalls_handle_ops.cpp"
	mxRights     = "system/public/magenta/rights.h"
)

// Files of the kernel of today.
const (
	zxSocket      = "zircon/kernel/object/socket_dispatcher.rs"
	zxSocketCC    = "zircon/kernel/object/socket_dispatcher.cc"
	zxMBuf        = "zircon/kernel/object/mbuf.rs"
	zxPort        = "zircon/kernel/object/port_dispatcher.cc"
	zxDispatcher  = "zircon/kernel/object/dispatcher.cc"
	zxDispatcherH = "zircon/kernel/object/include/object/dispatcher.h"
	zxHandle      = "zircon/kernel/object/handle.cc"
	zxTable       = "zircon/kernel/object/handle_table.cc"
	zxTableH      = "zircon/kernel/object/include/object/handle_table.h"
	zxWait        = "zircon/kernel/object/wait_signal_observer.cc"
	zxSysSocket   = "zircon/kernel/lib/syscalls/socket.rs"
	zxSysObject   = "zircon/kernel/lib/syscalls/object.cc"
	zxSysInfo     = "zircon/kernel/lib/syscalls/object_info.rs"
	zxSysProperty = "zircon/kernel/lib/syscalls/object_property.rs"
	zxPropertyCC  = "zircon/kernel/lib/syscalls/object_property.cc"
	zxSysWait     = "zircon/kernel/lib/syscalls/object_wait.cc"
	zxSysPort     = "zircon/kernel/lib/syscalls/port.cc"
	zxSysHandle   = "zircon/kernel/lib/syscalls/handle_ops.cc"
	zxRights      = "zircon/system/public/zircon/rights.h"
)

// zirconFiles are the commits at which the files of today were read.
var zirconFiles = map[string]string{
	zxSocket:      "1110919da765be10ea73734e5dd64112fcbb4508",
	zxSocketCC:    "2e15bb49098d9507563c32aee55446544d439a8a",
	zxMBuf:        "1efa127cac97910ea535bd85ab552f2cee81cfab",
	zxPort:        "413924514ad93118c433dfaabf921cf5ec2a656e",
	zxDispatcher:  "95399959bf55038fc87ab56b17f5b1bdb0fb02e7",
	zxDispatcherH: "1110919da765be10ea73734e5dd64112fcbb4508",
	zxHandle:      "185311099de611011eeebe586afe1b8ef1715ac6",
	zxTable:       "214971bac9e91aeb073e26738e9a5cecaa235b04",
	zxTableH:      "41c1086915def943a120f9af09bc0ce14da0db6c",
	zxWait:        "b490135da134e924d52735f1f855e4b7d17aeed6",
	zxSysSocket:   "2e15bb49098d9507563c32aee55446544d439a8a",
	zxSysObject:   "3e83ba5a7ee974e61b1a690fded595e3a9425055",
	zxSysInfo:     "1110919da765be10ea73734e5dd64112fcbb4508",
	zxSysProperty: "005c27db2cd42d79d452b6c40122c9c945d13136",
	zxPropertyCC:  "58e358a49d4973dc32c64c6c9ad255cc01d98154",
	zxSysWait:     "dcb103de552b630ae3f4b972aa44b4e77defd7bb",
	zxSysPort:     "6eb0849d1d34724d0b93d684a5192b9e03692732",
	zxSysHandle:   "185311099de611011eeebe586afe1b8ef1715ac6",
	zxRights:      "524356226a159155a5c2d1132469f2e095fd41b3",
}

// zirconCopies are the repositories that keep a file at its commit, where it
// is not the one that keeps the others.
var zirconCopies = map[string]string{
	zxTable:  "misttech/mist-os",
	zxTableH: "XSLabs/fuchsia",
}

// page is a section of the manual of 2017: a page of docs, named without its
// ending.
func page(name, section string) Source {
	return Source{"manual", magentaRepository, path.Join("docs", name+".md"), section, magenta}
}

// mx is a place in the kernel of 2017.
func mx(file, where string) Source {
	return Source{"kernel2017", magentaRepository, file, where, magenta}
}

// zx is a place in the kernel of today.
func zx(file, where string) Source {
	repository := zirconCopies[file]
	if repository == "" {
		repository = "misttech/fuchsia"
	}
	return Source{"zircon", repository, file, where, zirconFiles[file]}
}

// cite is the sources of a clause. Where no page of the manual speaks of it,
// the manual's source is that of the kernel of its month.
func cite(all ...Source) []Source {
	if slices.ContainsFunc(all, func(s Source) bool { return s.Edition == "manual" }) {
		return all
	}
	var silent []Source
	for _, s := range all {
		if s.Edition == "kernel2017" {
			s.Edition = "manual"
			silent = append(silent, s)
		}
	}
	return append(silent, all...)
}
