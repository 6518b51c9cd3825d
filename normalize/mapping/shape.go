package mapping

import "time"

// Shape is the form in which a vendor, an agent or a tool writes its events. The letter and number that its name begins
// with is its place in docs/shapes.md.
type Shape uint8

// The shapes that an event can be recognised as by its content. Those that differ in the file only, such as CloudTrail from
// an S3 object and from a vendor's tests, are one.
const (
	Unknown Shape = iota
	NXLog
	WEC
	Winlogbeat6
	Winlogbeat7
	LogAnalyticsWindows
	LogAnalyticsSyslog
	EvtxDump
	Velociraptor
	SumoWindows
	CloudTrail
	LogstashCloudTrail
	LookupEvents
	EventBridge
	CloudTrailTable
	CloudTrailDigest
	AzureMonitor
	Graph
	LogAnalyticsAzure
	AzureActivity
	AzureSDK
	EventXML
	KeyValue
	EVTX
	Wrapped
	SumoExport
	Shapes // their number
)

// shape is what is known of a shape beside how it is recognised.
type shape struct {
	name    string
	sources func(name string) []Source // nil: the shape's own names are those that queries use
	times   []string                   // of TimeKeys, the better ones first; nil: all of them
	zone    *time.Location             // of times that do not say theirs, where the shape has one; nil: the user's
}

var wecTimes = []string{utcTime, "timecreated", "eventtime", "@timestamp"}

var shapes = [Shapes]shape{
	Unknown:             {name: "unknown"},
	NXLog:               {"W1 NXLog flat", flatWindows, []string{utcTime, "@timestamp", "eventtime", "timecreated", "eventreceivedtime"}, nil},
	WEC:                 {"W2 WEC flat", flatWindows, wecTimes, nil},
	Winlogbeat6:         {"W3 Winlogbeat 6", winlogbeat6, []string{"@timestamp", "event_data.utctime"}, nil},
	Winlogbeat7:         {"W3b Winlogbeat 7, ECS", winlogbeat7, []string{"@timestamp", "winlog.time_created", "event.created"}, nil},
	LogAnalyticsWindows: {"W4 Log Analytics Windows", logAnalyticsWindows, []string{"timegenerated", "timecollected"}, time.UTC},
	LogAnalyticsSyslog:  {"W4b Log Analytics Syslog", logAnalyticsSyslog, []string{"timegenerated", "eventtime"}, time.UTC},
	EvtxDump:            {"W5 evtx_dump", evtxDump, []string{"event.system.timecreated.#attributes.systemtime", "event.system.timecreated.systemtime"}, time.UTC},
	Velociraptor:        {"W9 Velociraptor", velociraptor, []string{"system.timecreated.systemtime", "timestamp"}, time.UTC},
	SumoWindows:         {"W10 Sumo Windows JSON", sumoWindows, []string{"timecreated", "timecreated.systemtime"}, time.UTC},
	CloudTrail:          {"A1 CloudTrail", nil, []string{"eventtime"}, time.UTC},
	LogstashCloudTrail:  {"A4 CloudTrail by Logstash", logstashCloudTrail, []string{"@timestamp"}, time.UTC},
	LookupEvents:        {"A5 CloudTrail lookup-events", nil, []string{"eventtime"}, nil},
	EventBridge:         {"A7 CloudTrail by EventBridge", eventBridge, []string{"detail.eventtime", "time"}, time.UTC},
	CloudTrailTable:     {"A8 CloudTrail table", cloudTrailTable, []string{"event_datetime"}, time.UTC},
	CloudTrailDigest:    {"A9 CloudTrail digest", nil, []string{"digestendtime", "digeststarttime"}, time.UTC},
	AzureMonitor:        {"Z1 Azure Monitor", nil, []string{"properties.createddatetime", "properties.activitydatetime", "properties.eventtimestamp", "time"}, time.UTC},
	Graph:               {"Z3 Microsoft Graph", flatAzure, []string{"createddatetime", "activitydatetime"}, time.UTC},
	LogAnalyticsAzure:   {"Z4 Log Analytics Azure", logAnalyticsAzure, []string{"createddatetime", "activitydatetime", "timegenerated"}, time.UTC},
	AzureActivity:       {"Z5 Azure activity log", flatAzure, []string{"eventtimestamp", "submissiontimestamp"}, time.UTC},
	AzureSDK:            {"Z7 Azure SDK", azureSDK, []string{"event_timestamp", "created_date_time", "activity_date_time", "submission_timestamp"}, time.UTC},
	EventXML:            {"W6 event XML", flatWindows, wecTimes, nil},
	KeyValue:            {"W7 key=value blocks", flatWindows, wecTimes, nil},
	EVTX:                {"W8 EVTX", flatWindows, wecTimes, nil},
	Wrapped:             {name: "Z8 event in a string"},
	SumoExport:          {name: "S1 Sumo Logic export"},
}

// String returns the shape's name: "W1 NXLog flat".
func (s Shape) String() string { return shapes[s].name }

// Maps reports whether the shape has names other than those that queries use.
func (s Shape) Maps() bool { return shapes[s].sources != nil }

// decoded are the shapes of events that a decoder made JSON of, by the name of its format. Only the format tells them from
// events that were written as flat JSON.
var decoded = map[string]Shape{"event xml": EventXML, "key=value": KeyValue, "evtx": EVTX}

// Decoded returns the shape of an event that was recognised as s, if a decoder of a format made its JSON; "" is no format.
func (s Shape) Decoded(format string) Shape {
	if made, ok := decoded[format]; ok && (s == WEC || s == NXLog) {
		return made
	}
	return s
}
