package mapping

// Key is a field that the shape and the category are read from; an index into Keys and Texts.
type Key int

// Keys are the fields that the shape and the category are read from, flattened and in lower case, by Key.
var Keys = [...]string{
	sourceCategory:    "_sourcecategory",
	mapSourceCategory: "map._sourcecategory",
	raw:               "_raw",
	mapRaw:            "map._raw",
	eventOriginal:     "event.original",
	inputMessage:      "input.message",
	message:           "message",

	forwardedID:       "messageid",
	forwardedReceipt:  "receipttime",
	forwardedCategory: "sourcecategory",

	channel:         "channel",
	logName:         "log_name",
	winlogChannel:   "winlog.channel",
	evtxChannel:     "event.system.channel",
	systemChannel:   "system.channel",
	sourceName:      "sourcename",
	sourceNameBeat:  "source_name",
	eventSourceName: "eventsourcename",
	provider:        "provider",
	providerName:    "provider.name",
	providerFlat:    "providername",
	winlogProvider:  "winlog.provider_name",
	evtxProvider:    "event.system.provider.#attributes.name",
	systemProvider:  "system.provider.name",
	eventID:         "eventid",
	eventIDBeat:     "event_id",
	winlogEventID:   "winlog.event_id",
	evtxEventID:     "event.system.eventid",
	evtxEventIDText: "event.system.eventid.#text",
	systemEventID:   "system.eventid.value",

	eventLog:         "eventlog",
	eventData:        "eventdata",
	userData:         "userdata",
	eventTime:        "eventtime",
	sourceModuleName: "sourcemodulename",
	timeGenerated:    "timegenerated",
	timestamp:        "@timestamp",
	computer:         "computer",

	eventSource:     "eventsource",
	eventName:       "eventname",
	eventVersion:    "eventversion",
	cloudTrailEvent: "cloudtrailevent",
	detailSource:    "detail.eventsource",
	eventTypeSnake:  "event_type",
	eventDateTime:   "event_datetime",
	digestStartTime: "digeststarttime",
	digestS3Object:  "digests3object",

	category:          "category",
	tableType:         "type",
	resourceID:        "resourceid",
	tenantID:          "tenantid",
	operationName:     "operationname",
	eventDataID:       "eventdataid",
	eventDataIDSnake:  "event_data_id",
	createdDateTime:   "createddatetime",
	userPrincipalName: "userprincipalname",
	appID:             "appid",
	errorCode:         "status.errorcode",
	signInEventTypes:  "signineventtypes",

	activityDateTime:         "activitydatetime",
	activityDisplayName:      "activitydisplayname",
	loggedByService:          "loggedbyservice",
	createdDateTimeSnake:     "created_date_time",
	appIDSnake:               "app_id",
	errorCodeSnake:           "status.error_code",
	signInEventTypesSnake:    "sign_in_event_types",
	activityDateTimeSnake:    "activity_date_time",
	activityDisplayNameSnake: "activity_display_name",

	facility:      "facility",
	syslogMessage: "syslogmessage",
}

// Verbatim reports whether a key's text is the value's JSON as it stands: an event may be in there, and only if it matters is
// the text made of it.
func (k Key) Verbatim() bool {
	return k == raw || k == mapRaw || k == eventOriginal || k == inputMessage || k == message || k == cloudTrailEvent || k.Container()
}

// Container reports whether a key may be an object, whose JSON text then is its text.
func (k Key) Container() bool { return k == eventData || k == userData }

const (
	sourceCategory Key = iota
	mapSourceCategory
	raw
	mapRaw
	eventOriginal
	inputMessage
	message

	forwardedID
	forwardedReceipt
	forwardedCategory

	channel
	logName
	winlogChannel
	evtxChannel
	systemChannel
	sourceName
	sourceNameBeat
	eventSourceName
	provider
	providerName
	providerFlat
	winlogProvider
	evtxProvider
	systemProvider
	eventID
	eventIDBeat
	winlogEventID
	evtxEventID
	evtxEventIDText
	systemEventID
	eventLog
	eventData
	userData
	eventTime
	sourceModuleName
	timeGenerated
	timestamp
	computer

	eventSource
	eventName
	eventVersion
	cloudTrailEvent
	detailSource
	eventTypeSnake
	eventDateTime
	digestStartTime
	digestS3Object

	category
	tableType
	resourceID
	tenantID
	operationName
	eventDataID
	eventDataIDSnake
	createdDateTime
	userPrincipalName
	appID
	errorCode
	signInEventTypes
	activityDateTime
	activityDisplayName
	loggedByService
	createdDateTimeSnake
	appIDSnake
	errorCodeSnake
	signInEventTypesSnake
	activityDateTimeSnake
	activityDisplayNameSnake

	facility
	syslogMessage
)
