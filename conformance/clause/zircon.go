package clause

const notIn2017 = "there is no such call or signal"

// only is a rule that zircon alone has.
func only(says string) []Reading { return since(notIn2017, says) }

var zircon = []Clause{
	{
		ID:       "Z-DISPOSITION",
		Title:    "ending directions by disposition",
		Text:     "set_disposition(h, mine, the peer's) says of each endpoint whether it may write. Each is 0 (leave it), WRITE_DISABLED (1) or WRITE_ENABLED (2). The values are checked before the handle. It needs MANAGE_SOCKET.",
		Editions: only("any other value: INVALID_ARGS; without MANAGE_SOCKET: ACCESS_DENIED; 0 for both: OK at once"),
		Sources: cite(
			mx(mxSysSocket, "which has no such call"),
			zx(zxSysSocket, "sys_socket_set_disposition"),
			zx(zxSocket, "Disposition::try_from, set_disposition")),
		Needs: Zircon,
	},
	{
		ID:       "Z-DISABLED",
		Title:    "an endpoint that may not write",
		Text:     "WRITE_DISABLED on an endpoint: it asserts WRITE_DISABLED and loses WRITABLE (S-WRITABLE says when that comes back), and its writes are BAD_STATE (W-BAD-STATE). Its peer asserts PEER_WRITE_DISABLED and reads what is buffered; once that is drained, its reads are BAD_STATE (R-ENDED).",
		Editions: only("as the text says"),
		Sources: cite(
			mx(mxSysSocket, "which has no such call"),
			zx(zxSocket, "signal_masks, set_disposition, update_read_status, write, read")),
		Needs: Zircon,
	},
	{
		ID:       "Z-ENABLE",
		Title:    "letting an endpoint write again",
		Text:     "WRITE_ENABLED undoes WRITE_DISABLED, and asserts WRITABLE whatever the buffer holds. It is refused if the endpoint was disabled and its peer still has bytes of it to read. What is asked for the peer is looked at first, then what is asked for h.",
		Editions: only("BAD_STATE in that case, with no effect on either side; else OK"),
		Sources: cite(
			mx(mxSysSocket, "which has no such call"),
			zx(zxSocket, "is_disposition_state_valid, set_disposition")),
		Needs: Zircon,
	},
	{
		ID:       "Z-GONE",
		Title:    "a disposition when the peer is gone",
		Text:     "set_disposition when the other endpoint is gone.",
		Editions: only("works on h's own side; what is asked for the peer is looked at by Z-ENABLE, and so is BAD_STATE if the peer had been disabled and bytes of it are unread; else it means nothing"),
		Sources: cite(
			mx(mxSysSocket, "which has no such call"),
			zx(zxSocket, "set_disposition")),
		Needs: Zircon,
	},
	{
		ID:    "Z-THRESHOLD",
		Title: "thresholds",
		Text: "The properties RX_THRESHOLD (12) and TX_THRESHOLD (13) are numbers of bytes. READ_THRESHOLD is asserted while inbound is at least the first, WRITE_THRESHOLD while the free bytes outbound are at least the second. 0 switches a threshold off and clears its signal. WRITE_THRESHOLD stays as it was when the peer goes. " +
			"Both belong to the endpoint, so that duplicates of its handle see them. The calls look at the handle, then at the right (GET_PROPERTY, SET_PROPERTY, which no handle to an event or a port can have), then at the property, then at the value, then at the peer.",
		Editions: only("without the right: ACCESS_DENIED; a property that there is none of: NOT_SUPPORTED; a value above the capacity: INVALID_ARGS; setting TX_THRESHOLD with the peer gone: PEER_CLOSED"),
		Sources: cite(
			mx(mxSysObject, "sys_object_get_property, sys_object_set_property, which have no property of sockets"),
			zx(zxSocket, "set_read_threshold, set_write_threshold, write_self_locked, read"),
			zx(zxSysProperty, "sys_object_get_property, sys_object_set_property"),
			zx(zxPropertyCC, "sys_object_get_property, sys_object_set_property")),
		Needs: Zircon,
	},
	{
		ID:       "Z-INFO",
		Title:    "the info of a socket",
		Text:     "The topic SOCKET (22) tells the options, rx_buf_max, rx_buf_size, rx_buf_available, tx_buf_max and tx_buf_size. rx_buf_available is the length of the first datagram, or all the bytes of a stream.",
		Editions: only("OK; tx_buf_max and tx_buf_size are 0 when the peer is gone"),
		Sources: cite(
			mx(mxSysObject, "sys_object_get_info, which has no topic of sockets"),
			zx(zxSocket, "get_info"),
			zx(zxSysInfo, "sys_object_get_info")),
		Needs: Zircon,
	},
}
