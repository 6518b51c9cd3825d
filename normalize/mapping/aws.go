package mapping

// aws names AWS/CloudTrail: a CloudTrail record, one inside an EventBridge event's detail, or one that lookup-events holds as
// a text; and AWS/CloudTrail-Digest, the digest files that lie beside the records.
func aws(dst []byte, t Texts) ([]byte, Shape) {
	shape := awsShape(t)
	switch shape {
	case Unknown:
		return dst, Unknown
	case CloudTrailDigest:
		return append(dst, "AWS/CloudTrail-Digest"...), shape
	}
	return append(dst, "AWS/CloudTrail"...), shape
}

func awsShape(t Texts) Shape {
	const domain = ".amazonaws.com"
	switch {
	case t[cloudTrailEvent] != nil:
		return LookupEvents
	case hasSuffixFold(t[eventSource], domain), t[eventVersion] != nil && t[eventName] != nil && t[eventSource] != nil:
		if t[eventTime] == nil && t[timestamp] != nil {
			return LogstashCloudTrail
		}
		return CloudTrail
	case hasSuffixFold(t[detailSource], domain):
		return EventBridge
	case t[digestStartTime] != nil && t[digestS3Object] != nil:
		return CloudTrailDigest
	case hasPrefixFold(t[eventTypeSnake], "aws") && t[eventDateTime] != nil:
		return CloudTrailTable
	}
	return Unknown
}

// logstashCloudTrail has the time as Logstash's own.
func logstashCloudTrail(name string) []Source {
	if name == "eventtime" {
		return plain("@timestamp")
	}
	return nil
}

// cloudTrailTable has some fields of the record, in columns with names of two words.
func cloudTrailTable(name string) []Source {
	if column, ok := cloudTrailColumns[name]; ok {
		return plain(column)
	}
	return nil
}

var cloudTrailColumns = map[string]string{
	"eventid":           "event_id",
	"eventname":         "event_name",
	"eventtime":         "event_datetime",
	"eventtype":         "event_type",
	"requestid":         "request_id",
	"requestparameters": "request_parameters",
	"sourceipaddress":   "source_ip",
	"useragent":         "request_user_agent",
}

// eventBridge has the record in the detail of an envelope.
func eventBridge(name string) []Source { return under("detail", []string{name}) }
