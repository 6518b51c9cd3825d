package mapping

// Keys are the fields that categories are read from, flattened and in lower case, by Key.
var Keys = [...]string{
	sourceCategory: "_sourcecategory",

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

	eventSource:     "eventsource",
	eventName:       "eventname",
	eventVersion:    "eventversion",
	cloudTrailEvent: "cloudtrailevent",
	detailSource:    "detail.eventsource",

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

	facility: "facility",
}

const (
	sourceCategory Key = iota

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

	eventSource
	eventName
	eventVersion
	cloudTrailEvent
	detailSource

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

	facility
)
