package mapping

// windows names Windows/Sysmon, Windows/Security, or Windows/ and the channel. Sysmon and Security are known by channel or
// provider alone; any other channel needs an event id beside it, for other logs have channels too.
func windows(dst []byte, t Texts) ([]byte, bool) {
	where := first(t, channel, winlogChannel, evtxChannel, systemChannel, logName)
	from := first(t, sourceName, provider, eventSourceName, providerName, providerFlat, sourceNameBeat, winlogProvider, evtxProvider, systemProvider)
	switch {
	case containsFold(where, "sysmon"), containsFold(from, "microsoft-windows-sysmon"):
		return append(dst, "Windows/Sysmon"...), true
	case equalFold(where, "security"), where == nil && equalFold(from, "microsoft-windows-security-auditing"):
		return append(dst, "Windows/Security"...), true
	case first(t, eventID, eventIDBeat, winlogEventID, evtxEventID, evtxEventIDText, systemEventID) == nil:
		return dst, false
	case where != nil:
		return append(append(dst, "Windows/"...), where...), true
	case from != nil:
		return append(append(dst, "Windows/"...), from...), true
	}
	return dst, false
}
