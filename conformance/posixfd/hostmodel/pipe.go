package hostmodel

// A pipeModel is how Linux keeps the bytes of a pipe (fs/pipe.c): in pages, of
// which there are only so many, each filled by one write and, if they fit as a
// whole, by the next ones. That decides what a write is answered.
type pipeModel struct {
	most  int // pages
	slots []slot
}

// A slot is a page in use: bytes from start on, n of them.
type slot struct{ start, n int }

func (p *pipeModel) full() bool { return len(p.slots) >= p.most }

// write says how many of n bytes a write gets rid of, and takes them. good is
// how many of them can be read from memory. ok is false if it takes none.
func (p *pipeModel) write(n, good int) (took int, fault, ok bool) {
	if n == 0 {
		return 0, false, true
	}
	if part := n % pageSize; part != 0 && len(p.slots) > 0 {
		last := &p.slots[len(p.slots)-1]
		if last.start+last.n+part <= pageSize {
			if good < part {
				return 0, true, false
			}
			last.n += part
			took = part
		}
	}
	for took < n && !p.full() {
		chunk := min(n-took, pageSize)
		if good-took < chunk {
			return took, true, took > 0
		}
		p.slots = append(p.slots, slot{0, chunk})
		took += chunk
	}
	return took, false, took > 0
}

// read gives up n bytes.
func (p *pipeModel) read(n int) {
	for n > 0 && len(p.slots) > 0 {
		first := &p.slots[0]
		k := min(n, first.n)
		first.start += k
		first.n -= k
		n -= k
		if first.n == 0 {
			p.slots = p.slots[1:]
		}
	}
}
