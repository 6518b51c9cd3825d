package mapping

import (
	"strings"
	"sync"
	"unicode"
)

// The names that queries use are those of Azure Monitor's records: the sign-in or the audit record in properties, and a few
// fields of the envelope around it.

// azureNames returns the name itself if it is one of the envelope's, and what it is called where there is no envelope.
func azureNames(name string) []string {
	if record, ok := cutPrefix(name, "properties."); ok {
		return []string{record}
	}
	return append([]string{name}, azureEnvelope[name]...)
}

// azureEnvelope is what a record says of itself where no envelope says it.
var azureEnvelope = map[string][]string{
	"calleripaddress":   {"ipaddress"},
	"identity":          {"userdisplayname"},
	"resultdescription": {"status.failurereason"},
	"resulttype":        {"status.errorcode"},
	"time":              {"createddatetime", "activitydatetime", "eventtimestamp"},
}

// flatAzure is the record without an envelope: from Graph, the portal, the activity log's API.
func flatAzure(name string) []Source { return plain(azureNames(name)...) }

// logAnalyticsAzure has the record flat, its names in another case, and objects as JSON in columns.
func logAnalyticsAzure(name string) []Source {
	names := azureNames(name)
	all := plain(names...)
	for _, n := range names {
		if i := strings.IndexAny(n, ".["); i > 0 {
			for _, column := range append([]string{n[:i]}, logAnalyticsColumns[n[:i]]...) {
				all = append(all, Source{Name: n[i:], Inside: column})
			}
		}
		for _, column := range logAnalyticsColumns[n] {
			all = append(all, Source{Name: column})
		}
	}
	return all
}

// logAnalyticsColumns are the columns with other names than the record's fields.
var logAnalyticsColumns = map[string][]string{
	"location":         {"locationdetails"},
	"devicedetail":     {"devicedetail_dynamic", "devicedetail_string"},
	"status":           {"status_dynamic", "status_string"},
	"status.errorcode": {"resulttype"},
	"time":             {"timegenerated"},
	"calleripaddress":  {"ipaddress"},
}

// azureSDK has the record flat, in snake case.
func azureSDK(name string) (all []Source) {
	for _, n := range azureNames(name) {
		all = append(all, Source{Name: snakeName(n)}, Source{Name: n})
	}
	return all
}

// snakeName writes each part of a name that has a snake-case form in it.
func snakeName(name string) string {
	parts := strings.Split(name, ".")
	for i, part := range parts {
		key, _, _ := strings.Cut(part, "[")
		if snake, ok := snakes()[key]; ok {
			parts[i] = snake + part[len(key):]
		}
	}
	return strings.Join(parts, ".")
}

// snakes are the snake-case forms of the names in camels, by their lower-case form.
var snakes = sync.OnceValue(func() map[string]string {
	table := map[string]string{}
	for _, camel := range strings.Fields(camels) {
		var snake strings.Builder
		for _, r := range camel {
			if unicode.IsUpper(r) {
				snake.WriteByte('_')
			}
			snake.WriteRune(unicode.ToLower(r))
		}
		table[strings.ToLower(camel)] = snake.String()
	}
	return table
})

// camels are the names of more than one word in sign-in, audit and activity records.
const camels = `
activityDateTime activityDisplayName additionalDetails additionalProperties appDisplayName appId appliedConditionalAccessPolicies
authenticationDetails authenticationMethod authenticationMethodsUsed authenticationProcessingDetails authenticationProtocol
authenticationRequirement autonomousSystemNumber callerIpAddress clientAppUsed clientCredentialType clientIpAddress
clientRequestId conditionalAccessStatus correlationId countryOrRegion createdDateTime crossTenantAccessType deviceDetail deviceId
displayName errorCode eventDataId eventName eventTimestamp failureReason flaggedForReview geoCoordinates homeTenantId
httpRequest incomingTokenType initiatedBy ipAddress isCompliant isInteractive isManaged isTenantRestricted localizedValue
loggedByService managedIdentityType mfaDetail modifiedProperties networkLocationDetails networkNames networkType newValue
oldValue operatingSystem operationId operationName operationType originalRequestId processingTimeInMilliseconds
resourceDisplayName resourceGroupName resourceId resourceProviderName resourceTenantId resourceType resultReason
riskDetail riskEventTypes riskLevelAggregated riskLevelDuringSignIn riskState servicePrincipalId servicePrincipalName
sessionLifetimePolicies signInEventTypes signInIdentifier statusCode subStatus submissionTimestamp subscriptionId
targetResources tenantId tokenIssuerName tokenIssuerType trustType uniqueTokenIdentifier userAgent userDisplayName userId
userPrincipalName userType
`
