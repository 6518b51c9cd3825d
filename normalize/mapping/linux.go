package mapping

// linux names Linux/Syslog: the Syslog table of Log Analytics.
func linux(dst []byte, t Texts) ([]byte, bool) {
	return append(dst, "Linux/Syslog"...), equalFold(t[tableType], "syslog") && t[facility] != nil
}
