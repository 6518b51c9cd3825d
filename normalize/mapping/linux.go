package mapping

import "slices"

// linux names the Syslog table of Log Analytics: Linux/Syslog, and Windows/Sysmon, by its provider, where Sysmon for Linux
// wrote the message.
func linux(dst []byte, t Texts) ([]byte, Shape) {
	switch {
	case !equalFold(t[tableType], "syslog") || t[facility] == nil:
		return dst, Unknown
	case hasPrefixFold(t[syslogMessage], "<event>") && containsFold(t[syslogMessage], "linux-sysmon"):
		return append(dst, "Windows/Sysmon"...), LogAnalyticsSyslog
	}
	return append(dst, "Linux/Syslog"...), LogAnalyticsSyslog
}

// logAnalyticsSyslog has Sysmon's event as XML in its message.
func logAnalyticsSyslog(name string) []Source {
	names := windowsNames(name)
	return slices.Concat(plain(names...), inside("syslogmessage", names))
}
