package posixfd

// The names of the divergences that adapter and catalogue share: those because
// of which a call is unsupported.
const (
	modeFixed        = "fixed-mode"
	noOptions        = "no-options"
	rightsFixed      = "rights"
	noReplace        = "no-replace"
	singleTable      = "one-table"
	noKoid           = "no-koid"
	noUserSignals    = "signals"
	noEvents         = "no-events"
	countReturned    = "count-returned"
	pipeDupKeepsOpen = "pipe-dup-keeps-open"
	fdReuse          = "fd-reuse"
)
