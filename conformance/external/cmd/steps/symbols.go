package main

import (
	"debug/elf"
	"debug/gosym"
	"errors"
	"reflect"
	"runtime"
)

// symbols are the functions of this executable, and their code.
type symbols struct {
	table *gosym.Table
	text  []byte
	start uint64 // of text
}

// openSymbols reads the symbols of the executable at path, which must be that
// of this process. They are those that the runtime itself uses, so nothing is
// lost in an executable that was stripped, as those of "go run" are.
func openSymbols(path string) (*symbols, error) {
	f, err := elf.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if f.Type != elf.ET_EXEC {
		return nil, errors.New("the addresses in it are not fixed: build it without -buildmode=pie")
	}
	text, lines := f.Section(".text"), f.Section(".gopclntab")
	if text == nil || lines == nil {
		return nil, errors.New("it has no functions of Go")
	}
	s := &symbols{start: text.Addr}
	if s.text, err = text.Data(); err != nil {
		return nil, err
	}
	data, err := lines.Data()
	if err != nil {
		return nil, err
	}
	if s.table, err = gosym.NewTable(nil, gosym.NewLineTable(data, text.Addr)); err != nil {
		return nil, err
	}
	// Where C code stands before that of Go, all addresses are too low by its
	// size. That of a function that is known shows it.
	known := runtime.FuncForPC(reflect.ValueOf(openSymbols).Pointer())
	found := s.table.LookupFunc(known.Name())
	if found == nil {
		return nil, errors.New("it is not the executable of this process")
	}
	if low := uint64(known.Entry()) - found.Entry; low != 0 {
		s.table, err = gosym.NewTable(nil, gosym.NewLineTable(data, text.Addr+low))
	}
	return s, err
}

// function is the function with the instruction at an address: the one that
// is called, also where code of another was copied into it. It is nil for what
// is not Go, such as the clock that the kernel lends.
func (s *symbols) function(address uint64) *gosym.Func { return s.table.PCToFunc(address) }

// atomic says whether the instruction at an address reads and writes memory in
// one: it has a LOCK prefix, or is an XCHG with memory, which needs none.
func (s *symbols) atomic(address uint64) bool {
	if address < s.start || address-s.start >= uint64(len(s.text)) {
		return false
	}
	return isAtomic(s.text[address-s.start:])
}

// isAtomic is atomic for the instruction that code begins with.
func isAtomic(code []byte) bool {
	for len(code) > 0 && code[0] == 0x66 { // a size of 16 bits
		code = code[1:]
	}
	if len(code) > 0 && code[0] == 0xf0 {
		return true
	}
	if len(code) > 0 && code[0]&0xf0 == 0x40 { // REX
		code = code[1:]
	}
	return len(code) > 1 && (code[0] == 0x86 || code[0] == 0x87) && code[1] < 0xc0
}
