package mapping

// azure names Azure/SignIn and its kinds, Azure/Audit, Azure/Activity, or Azure/ and the category of an Azure Monitor record
// or the table of Log Analytics.
func azure(dst []byte, t Texts) ([]byte, Shape) {
	switch {
	case t[timeGenerated] != nil && t[activityDisplayName] != nil && t[loggedByService] != nil: // whatever its type column says
		return append(dst, "Azure/Audit"...), LogAnalyticsAzure
	case t[tableType] != nil && t[timeGenerated] != nil:
		return logAnalyticsTable(dst, t[tableType]), LogAnalyticsAzure
	case hasSuffixFold(t[category], signInLogs):
		return signIn(dst, trimSignInLogs(t[category])), monitorShape(t)
	case t[eventDataIDSnake] != nil:
		return append(dst, "Azure/Activity"...), AzureSDK
	case t[eventDataID] != nil:
		return append(dst, "Azure/Activity"...), AzureActivity
	case isGraphSignIn(t):
		return signIn(dst, graphKind(t[signInEventTypes])), Graph
	case t[createdDateTimeSnake] != nil && t[errorCodeSnake] != nil && t[appIDSnake] != nil:
		return signIn(dst, graphKind(t[signInEventTypesSnake])), AzureSDK
	case t[activityDateTime] != nil && t[activityDisplayName] != nil && t[loggedByService] != nil:
		return append(dst, "Azure/Audit"...), Graph
	case t[activityDateTimeSnake] != nil && t[activityDisplayNameSnake] != nil:
		return append(dst, "Azure/Audit"...), AzureSDK
	case len(t[category]) > 0 && t[operationName] != nil && first(t, resourceID, tenantID) != nil:
		return monitorRecord(dst, t[category]), AzureMonitor
	}
	return dst, Unknown
}

// monitorShape tells a record with the sign-in in its properties from one that has it flat, with a category.
func monitorShape(t Texts) Shape {
	if t[createdDateTime] != nil {
		return LogAnalyticsAzure
	}
	return AzureMonitor
}

const signInLogs = "signinlogs"

// trimSignInLogs returns the kind in a category or a Log Analytics table: NonInteractiveUser of
// NonInteractiveUserSignInLogs and of AADNonInteractiveUserSignInLogs, nothing of SignInLogs.
func trimSignInLogs(name []byte) []byte {
	kind := name[:len(name)-len(signInLogs)]
	if hasPrefixFold(kind, "aad") {
		kind = kind[len("aad"):]
	}
	return kind
}

func signIn(dst, kind []byte) []byte {
	dst = append(dst, "Azure/SignIn"...)
	if len(kind) == 0 {
		return dst
	}
	return append(append(dst, '/'), kind...)
}

// isGraphSignIn knows a record of Graph's auditLogs/signIns, and of the portal's download, by fields that only they have
// together.
func isGraphSignIn(t Texts) bool {
	return t[createdDateTime] != nil && t[errorCode] != nil && t[appID] != nil && (t[userPrincipalName] != nil || t[signInEventTypes] != nil)
}

// graphKinds are the kinds of sign-in by what signInEventTypes holds; an interactive one has no suffix.
var graphKinds = []struct {
	word string
	kind []byte
}{
	{"noninteractiveuser", []byte("NonInteractiveUser")},
	{"serviceprincipal", []byte("ServicePrincipal")},
	{"managedidentity", []byte("ManagedIdentity")},
}

func graphKind(types []byte) []byte {
	for _, g := range graphKinds {
		if containsFold(types, g.word) {
			return g.kind
		}
	}
	return nil
}

func logAnalyticsTable(dst, table []byte) []byte {
	switch {
	case hasSuffixFold(table, signInLogs):
		return signIn(dst, trimSignInLogs(table))
	case equalFold(table, "auditlogs"):
		return append(dst, "Azure/Audit"...)
	case equalFold(table, "azureactivity"):
		return append(dst, "Azure/Activity"...)
	}
	return append(append(dst, "Azure/"...), table...)
}

// activityCategories are the categories of the Azure activity log.
var activityCategories = []string{
	"administrative", "servicehealth", "resourcehealth", "alert", "autoscale", "recommendation", "security", "policy",
}

func monitorRecord(dst, category []byte) []byte {
	if equalFold(category, "auditlogs") {
		return append(dst, "Azure/Audit"...)
	}
	for _, name := range activityCategories {
		if equalFold(category, name) {
			return append(dst, "Azure/Activity"...)
		}
	}
	return append(append(dst, "Azure/"...), category...)
}
