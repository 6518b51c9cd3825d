package mapping

// azure names Azure/SignIn and its kinds, Azure/Audit, Azure/Activity, or Azure/ and the category of an Azure Monitor record.
func azure(dst []byte, t Texts) ([]byte, bool) {
	switch {
	case hasSuffixFold(t[category], signInLogs):
		return signIn(dst, trimSignInLogs(t[category])), true
	case hasSuffixFold(t[tableType], signInLogs):
		return signIn(dst, trimSignInLogs(t[tableType])), true
	case equalFold(t[tableType], "auditlogs"), equalFold(t[category], "auditlogs"):
		return append(dst, "Azure/Audit"...), true
	case equalFold(t[tableType], "azureactivity"), first(t, eventDataID, eventDataIDSnake) != nil:
		return append(dst, "Azure/Activity"...), true
	case isGraphSignIn(t):
		return signIn(dst, graphKind(t[signInEventTypes])), true
	case len(t[category]) > 0 && t[operationName] != nil && first(t, resourceID, tenantID) != nil:
		return monitorRecord(dst, t[category]), true
	}
	return dst, false
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

// activityCategories are the categories of the Azure activity log.
var activityCategories = []string{
	"administrative", "servicehealth", "resourcehealth", "alert", "autoscale", "recommendation", "security", "policy",
}

func monitorRecord(dst, category []byte) []byte {
	for _, name := range activityCategories {
		if equalFold(category, name) {
			return append(dst, "Azure/Activity"...)
		}
	}
	return append(append(dst, "Azure/"...), category...)
}
