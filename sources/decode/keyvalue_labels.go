package decode

// labelFields are the fields that Windows' own event has for what its message shows as Section.Label. Where events differ, an
// entry with the event's id before it decides. The messages are those of Windows Server 2012 and later, in English.
var labelFields = map[string]string{
	"Subject.SecurityID":    "SubjectUserSid",
	"Subject.AccountName":   "SubjectUserName",
	"Subject.AccountDomain": "SubjectDomainName",
	"Subject.DomainName":    "SubjectDomainName",
	"Subject.LogonID":       "SubjectLogonId",

	"CreatorSubject.SecurityID":    "SubjectUserSid",
	"CreatorSubject.AccountName":   "SubjectUserName",
	"CreatorSubject.AccountDomain": "SubjectDomainName",
	"CreatorSubject.LogonID":       "SubjectLogonId",

	"TargetSubject.SecurityID":    "TargetUserSid",
	"TargetSubject.AccountName":   "TargetUserName",
	"TargetSubject.AccountDomain": "TargetDomainName",
	"TargetSubject.LogonID":       "TargetLogonId",

	"NewLogon.SecurityID":           "TargetUserSid",
	"NewLogon.AccountName":          "TargetUserName",
	"NewLogon.AccountDomain":        "TargetDomainName",
	"NewLogon.LogonID":              "TargetLogonId",
	"NewLogon.LinkedLogonID":        "TargetLinkedLogonId",
	"NewLogon.NetworkAccountName":   "TargetOutboundUserName",
	"NewLogon.NetworkAccountDomain": "TargetOutboundDomainName",
	"NewLogon.LogonGUID":            "LogonGuid",

	"AccountForWhichLogonFailed.SecurityID":    "TargetUserSid",
	"AccountForWhichLogonFailed.AccountName":   "TargetUserName",
	"AccountForWhichLogonFailed.AccountDomain": "TargetDomainName",

	"AccountWhoseCredentialsWereUsed.AccountName":   "TargetUserName",
	"AccountWhoseCredentialsWereUsed.AccountDomain": "TargetDomainName",
	"AccountWhoseCredentialsWereUsed.LogonGUID":     "TargetLogonGuid",

	"TargetServer.TargetServerName":      "TargetServerName",
	"TargetServer.AdditionalInformation": "TargetInfo",

	"LogonType":                            "LogonType",
	"LogonInformation.LogonType":           "LogonType",
	"LogonInformation.RestrictedAdminMode": "RestrictedAdminMode",
	"LogonInformation.VirtualAccount":      "VirtualAccount",
	"LogonInformation.ElevatedToken":       "ElevatedToken",

	"ProcessInformation.NewProcessID":       "NewProcessId",
	"ProcessInformation.NewProcessName":     "NewProcessName",
	"ProcessInformation.TokenElevationType": "TokenElevationType",
	"ProcessInformation.MandatoryLabel":     "MandatoryLabel",
	"ProcessInformation.CreatorProcessID":   "ProcessId",
	"ProcessInformation.CreatorProcessName": "ParentProcessName",
	"ProcessInformation.ProcessCommandLine": "CommandLine",
	"ProcessInformation.ProcessID":          "ProcessId",
	"ProcessInformation.ProcessName":        "ProcessName",
	"ProcessInformation.CallerProcessID":    "ProcessId",
	"ProcessInformation.CallerProcessName":  "ProcessName",
	"ProcessInformation.ExitStatus":         "Status",

	"NetworkInformation.WorkstationName":      "WorkstationName",
	"NetworkInformation.SourceNetworkAddress": "IpAddress",
	"NetworkInformation.NetworkAddress":       "IpAddress",
	"NetworkInformation.ClientAddress":        "IpAddress",
	"NetworkInformation.SourcePort":           "IpPort",
	"NetworkInformation.ClientPort":           "IpPort",
	"NetworkInformation.Port":                 "IpPort",
	"NetworkInformation.ObjectType":           "ObjectType",

	// Shares name their client as the firewall names its packets' source.
	"5140/NetworkInformation.SourceAddress":      "IpAddress",
	"5145/NetworkInformation.SourceAddress":      "IpAddress",
	"NetworkInformation.SourceAddress":           "SourceAddress",
	"5156/NetworkInformation.SourcePort":         "SourcePort",
	"5157/NetworkInformation.SourcePort":         "SourcePort",
	"5158/NetworkInformation.SourcePort":         "SourcePort",
	"NetworkInformation.DestinationAddress":      "DestAddress",
	"NetworkInformation.DestinationPort":         "DestPort",
	"NetworkInformation.Direction":               "Direction",
	"NetworkInformation.Protocol":                "Protocol",
	"ApplicationInformation.ProcessID":           "ProcessID",
	"ApplicationInformation.ApplicationName":     "Application",
	"ShareInformation.ShareName":                 "ShareName",
	"ShareInformation.SharePath":                 "ShareLocalPath",
	"ShareInformation.RelativeTargetName":        "RelativeTargetName",
	"AccessRequestInformation.AccessMask":        "AccessMask",
	"AccessRequestInformation.Accesses":          "AccessList",
	"AccessRequestInformation.AccessCheckResult": "AccessReason",

	"DetailedAuthenticationInformation.LogonProcess":          "LogonProcessName",
	"DetailedAuthenticationInformation.AuthenticationPackage": "AuthenticationPackageName",
	"DetailedAuthenticationInformation.TransitedServices":     "TransmittedServices",
	"DetailedAuthenticationInformation.PackageNameNTLMOnly":   "LmPackageName",
	"DetailedAuthenticationInformation.KeyLength":             "KeyLength",

	"FailureInformation.FailureReason": "FailureReason",
	"FailureInformation.Status":        "Status",
	"FailureInformation.SubStatus":     "SubStatus",

	"Privileges": "PrivilegeList",

	"TaskInformation.TaskName":       "TaskName",
	"TaskInformation.TaskContent":    "TaskContent",
	"TaskInformation.TaskNewContent": "TaskContentNew",

	"NewAccount.SecurityID":                    "TargetSid",
	"NewAccount.AccountName":                   "TargetUserName",
	"NewAccount.AccountDomain":                 "TargetDomainName",
	"TargetAccount.SecurityID":                 "TargetSid",
	"TargetAccount.AccountName":                "TargetUserName",
	"TargetAccount.AccountDomain":              "TargetDomainName",
	"AccountThatWasLockedOut.SecurityID":       "TargetSid",
	"AccountThatWasLockedOut.AccountName":      "TargetUserName",
	"AdditionalInformation.CallerComputerName": "TargetDomainName", // of 4740, so named by Windows
	"Attributes.SAMAccountName":                "SamAccountName",
	"Attributes.DisplayName":                   "DisplayName",
	"Attributes.UserPrincipalName":             "UserPrincipalName",
	"ChangedAttributes.SAMAccountName":         "SamAccountName",
	"ChangedAttributes.DisplayName":            "DisplayName",
	"ChangedAttributes.UserPrincipalName":      "UserPrincipalName",

	"Member.SecurityID":    "MemberSid",
	"Member.AccountName":   "MemberName",
	"Group.SecurityID":     "TargetSid",
	"Group.GroupName":      "TargetUserName",
	"Group.AccountName":    "TargetUserName",
	"Group.GroupDomain":    "TargetDomainName",
	"Group.AccountDomain":  "TargetDomainName",
	"NewGroup.SecurityID":  "TargetSid",
	"NewGroup.GroupName":   "TargetUserName",
	"NewGroup.GroupDomain": "TargetDomainName",

	"AccountInformation.AccountName":              "TargetUserName",
	"AccountInformation.AccountDomain":            "TargetDomainName",
	"AccountInformation.SuppliedRealmName":        "TargetDomainName",
	"AccountInformation.UserID":                   "TargetSid",
	"AccountInformation.SecurityID":               "TargetSid",
	"AccountInformation.LogonGUID":                "LogonGuid",
	"AdditionalInformation.TicketOptions":         "TicketOptions",
	"AdditionalInformation.TicketEncryptionType":  "TicketEncryptionType",
	"AdditionalInformation.ResultCode":            "Status",
	"AdditionalInformation.FailureCode":           "Status",
	"AdditionalInformation.PreAuthenticationType": "PreAuthType",
	"AdditionalInformation.TransitedServices":     "TransmittedServices",

	"ServiceInformation.ServiceName":      "ServiceName",
	"ServiceInformation.ServiceID":        "ServiceSid",
	"ServiceInformation.ServiceFileName":  "ServiceFileName",
	"ServiceInformation.ServiceType":      "ServiceType",
	"ServiceInformation.ServiceStartType": "ServiceStartType",
	"ServiceInformation.ServiceAccount":   "ServiceAccount",

	"Object.ObjectServer":    "ObjectServer",
	"Object.ObjectType":      "ObjectType",
	"Object.ObjectName":      "ObjectName",
	"Object.ObjectValueName": "ObjectValueName",
	"Object.HandleID":        "HandleId",

	// 7045, of System.
	"7045/ServiceFileName":  "ImagePath",
	"7045/ServiceStartType": "StartType",
	"7045/ServiceAccount":   "AccountName",

	// 4776, whose message has no sections.
	"AuthenticationPackage": "PackageName",
	"LogonAccount":          "TargetUserName",
	"SourceWorkstation":     "Workstation",
	"ErrorCode":             "Status",
}

// fieldOfLabel returns the field of a label in the message of an event, "" if the table has none.
func fieldOfLabel(id, label []byte) string {
	var buf [128]byte
	key := append(append(append(buf[:0], id...), '/'), label...)
	if name, ok := labelFields[string(key)]; ok {
		return name
	}
	return labelFields[string(label)]
}
