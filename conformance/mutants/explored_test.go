package mutants

// Why exploration does not see a mutant. The suite does.
const (
	accounts = "a full account is rare where few tables have a limit of memory"
	sizes    = "exploration keeps to small sizes, to see every state"
	items    = "exploration waits for a few items"
	clocks   = "exploration lets no time pass"
	values   = "there are too many numbers to try"
	rare     = "it takes a coincidence"
)

// unexplored are the mutants that exploration is not expected to find.
var unexplored = map[string]string{
	"512 datagrams fill a queue, however short they are":                       sizes,
	"a read that is made with pointers wakes nobody":                           rare,
	"one closed value in so many comes back":                                   rare,
	"the value of a handle that was replaced comes back":                       rare,
	"the value of a handle that was moved away comes back":                     rare,
	"some values have the sign bit set":                                        "exploration looks at no value",
	"in zircon the two lowest bits of a value vary":                            "exploration looks at no value",
	"create looks at the low 16 bits of its options only":                      values,
	"a create needs one byte more than it charges":                             accounts,
	"a create may exceed the memory limit by one byte":                         accounts,
	"datagram pairs hold 65,536 bytes by default":                              sizes,
	"with one byte of room a write is refused, if the capacity is above 4,096": sizes,
	"a stream write that memory would cut short is refused":                    accounts,
	"a write takes 65,536 bytes at most":                                       sizes,
	"a refused write from bad memory leaves a charge":                          accounts,
	"two blocks of a write above 4,096 bytes change places":                    sizes,
	"the byte 65,535 of a larger write is wrong":                               sizes,
	"one byte is wrong after 500,000 in one direction":                         sizes,
	"a read delivers 4,096 bytes at most":                                      sizes,
	"reading datagrams gives no memory back":                                   accounts,
	"reading part of a datagram gives back that part only":                     accounts,
	"reading everything leaves one byte charged":                               accounts,
	"a short write is charged with its full size":                              accounts,
	"a value with bit 30 flipped is the same handle":                           values,
	"a value with the sign bit set is the same handle":                         values,
	"a closed value is used again after 64 others were closed":                 values,
	"a closed value is used again after 512 others were closed":                values,
	"bytes inbound to a closed endpoint stay, and stay charged":                accounts,
	"bytes dropped by a close stay charged":                                    accounts,
	"a wait for no signal completes at any change":                             rare,
	"ACCESS_DENIED of any item decides":                                        rare,
	"a wait with a deadline times out at once":                                 clocks,
	"a wait for no items times out at once":                                    clocks,
	"a wait lasts half as long as it should":                                   clocks,
	"a wait forgets its deadline":                                              clocks,
	"the default capacity is one byte less":                                    sizes,
	"the default capacity is one byte more":                                    sizes,
	"the default capacity is 256 KiB":                                          sizes,
	"in zircon 64 items are too many":                                          items,
	"in zircon 65 items are fine":                                              items,
	"in zircon too many items are INVALID_ARGS":                                items,
	"1,024 items are too many":                                                 items,
	"1,025 items are fine":                                                     items,
	"64 items are the most":                                                    items,
}

// late are those that take it more than 10,000 calls.
var late = map[string]bool{
	"a write ignores the highest bit of its options":                           true,
	"memory is looked at before the room is, in the edition where faults undo": true,
	"a datagram that meets bad memory is queued up to there":                   true,
	"a stream write from bad memory is OK with 0":                              true,
	"a stream write from bad memory is INVALID_ARGS in both editions":          true,
	"a read into bad memory alone is refused in both editions":                 true,
	"a datagram read that stops at bad memory consumes nothing":                true,
	"the table that reads gets the memory back":                                true,
	"the table that writes is charged":                                         true,
	"the charge of an event is never given back":                               true,
	"a replace needs a spare slot":                                             true,
	"a transfer into its own table needs a spare slot":                         true,
	"a transfer that is refused cancels waits":                                 true,
	"a refused signal call clears what it was to clear":                        true,
	"READABLE needs eight bytes, if the capacity is 2,008 or more":             true,
	"a wait for a user signal completes at any change":                         true,
	"a wait that completes and is canceled by one call is OK":                  true,
	"a change completes one wait only":                                         true,
	"a waiter looks at the state when it runs":                                 true,
	"LAST_HANDLE of a socket can be set":                                       true,
	"HANDLE_CLOSED of an event can be set":                                     true,
	"no wait is woken by the peer's signal":                                    true,
}
