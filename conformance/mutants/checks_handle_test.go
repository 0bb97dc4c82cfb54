package mutants

import (
	"mx.example/handle"
	"mx.example/status"
)

// createChecks are those of what makes a pair.
func createChecks() []check {
	return []check{
		{"C-OPTIONS", func(c *call) status.Status {
			o := c.options
			switch {
			case c.k.is(optionTwoIsDatagram) && o == 2, c.k.is(optionBitsIgnored):
				o &= 1
			case c.k.is(optionHighIgnored):
				o &= 0xffff
			}
			return when(o > 1, status.ErrInvalidArgs)
		}},
		{"C-CAPACITY", func(c *call) status.Status {
			return when(c.capacity != nil && (*c.capacity < c.p.r.least || *c.capacity > c.p.r.most), status.ErrInvalidArgs)
		}},
		{"C-NO-MEMORY", func(c *call) status.Status {
			if c.k.is(failedCreateLeaksHandle) && c.p.slots() == 1 {
				c.p.insert(&object{typ: handle.TypeSocket}, 0)
			}
			return when(c.p.slots() < 2, status.ErrNoMemory)
		}},
		{"L-ACCOUNT", func(c *call) status.Status {
			need := 2*c.p.r.handleCharge + c.p.r.pairCharge
			if c.k.is(createNeedsOneMore) {
				need++
			}
			if c.k.is(createNeedsOneLess) {
				need--
			}
			short := need > c.p.free()
			if short && c.k.is(failedCreateLeaksMemory) {
				c.p.used += 64
			}
			return when(short, status.ErrNoMemory)
		}},
	}
}

// duplicateChecks are those of a duplicate.
func duplicateChecks() []check {
	return []check{
		{"X-STALE", (*call).find},
		{"X-DUP", func(c *call) status.Status { return c.may(handle.RightDuplicate) }},
		{"X-DUP-RIGHTS", (*call).subset},
		{"X-FULL", func(c *call) status.Status { return when(c.p.slots() < 1, status.ErrNoMemory) }},
		{"L-ACCOUNT", func(c *call) status.Status {
			return when(c.p.r.handleCharge > c.p.free(), status.ErrNoMemory)
		}},
	}
}

// subset decides on the rights asked for (X-DUP-RIGHTS, X-REPLACE-RIGHTS).
func (c *call) subset() status.Status {
	if c.ref == nil {
		return pass
	}
	have := c.ref.rights
	switch {
	case c.asked == handle.SameRights:
		c.rights = have
		if c.k.is(sameIsDefault) {
			c.rights = c.p.r.rights
		}
		return pass
	case c.k.is(sameWithOthers) && c.asked&handle.SameRights != 0:
		c.rights = have
		return pass
	case c.k.is(sameWithOthersTaken) && c.asked&handle.SameRights != 0:
		c.rights = have & c.asked
		return pass
	case c.k.is(strangeRightsIgnored):
		c.asked &= 0x3fff
		have |= c.asked &^ 0xf
	case c.k.is(excessRightsCut):
		c.asked &= have
	case c.k.is(noRightsRefused) && c.asked == 0:
		return status.ErrInvalidArgs
	case c.k.is(fullSetRefused) && c.asked == have:
		return status.ErrInvalidArgs
	case c.k.is(noRightsIsSame) && c.asked == 0:
		c.asked = have
	}
	c.rights = c.asked
	return when(c.asked&^have != 0, status.ErrInvalidArgs)
}

// transferChecks are those of a transfer.
func transferChecks() []check {
	return []check{
		{"X-STALE", (*call).find},
		{"X-TRANSFER", func(c *call) status.Status { return c.may(handle.RightTransfer) }},
		{"E-OWNER", func(c *call) status.Status {
			return when(c.to.edition != c.p.edition, status.ErrNotSupported)
		}},
		{"X-FULL", func(c *call) status.Status {
			own := c.to == c.p && c.k.is(ownTransferNeedsNoSlot)
			return when(!own && c.to.slots() < 1, status.ErrNoMemory)
		}},
		{"L-ACCOUNT", func(c *call) status.Status {
			own := c.to == c.p && c.k.is(ownTransferNeedsNoMemory)
			return when(!own && c.p.r.handleCharge > c.to.free(), status.ErrNoMemory)
		}},
	}
}
