package inventory_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"retrohunt/engine/stream"
	"retrohunt/inventory"
	"retrohunt/normalize"
	"retrohunt/sources"
)

// samples is what independent readers found: Python's json, gzip, zipfile and tarfile counted the events, and their categories by rules
// of their own; records of EVTX were counted by the headers of their chunks, events in XML and in blocks by their first lines,
// rows by Python's csv. The shapes are those of the samples' list of origins.
var samples = map[string][]string{
	"aws/lookup_events/aws_cloudtrail.jsonl": {"6 AWS/CloudTrail, A5 CloudTrail lookup-events"},

	"aws/otrf/ec2_proxy_s3_exfiltration_2020-09-14011940.json": {"103 AWS/CloudTrail, A4 CloudTrail by Logstash"},

	"aws/s3_plain/218007301253_CloudTrail_us-east-1_20230710T1150Z_1vnLavRRp0ek1mP4.json": {"2 AWS/CloudTrail, A1 CloudTrail"},
	"aws/s3_plain/218007301253_CloudTrail_us-east-1_20230710T1205Z_lKy08gyrqqRJyzsn.json": {"1 AWS/CloudTrail, A1 CloudTrail"},
	"aws/s3_plain/218007301253_CloudTrail_us-east-1_20230710T1210Z_ZgEBhdXGdLTXGoIe.json": {"1 AWS/CloudTrail, A1 CloudTrail"},
	"aws/s3_plain/218007301253_CloudTrail_us-east-1_20230710T1225Z_4iD2boYSOwmb6sWd.json": {"12 AWS/CloudTrail, A1 CloudTrail"},
	"aws/s3_plain/218007301253_CloudTrail_us-east-1_20230710T1230Z_AvIajGd5rkz6vTy4.json": {"63 AWS/CloudTrail, A1 CloudTrail"},
	"aws/s3_plain/218007301253_CloudTrail_us-east-1_20230710T1230Z_soULWstxp7lqsODg.json": {"3 AWS/CloudTrail, A1 CloudTrail"},
	"aws/s3_plain/218007301253_CloudTrail_us-east-1_20230710T1240Z_C1qUFaqvZS64BcIN.json": {"2 AWS/CloudTrail, A1 CloudTrail"},

	"aws/stratus/aws.credential-access.ec2-get-password-data.json":  {"34 AWS/CloudTrail, A1 CloudTrail"},
	"aws/stratus/aws.defense-evasion.cloudtrail-stop.json":          {"1 AWS/CloudTrail, A1 CloudTrail"},
	"aws/stratus/aws.initial-access.console-login-without-mfa.json": {"1 AWS/CloudTrail, A1 CloudTrail"},

	"aws/trailscraper/111111111111_CloudTrail_eu-central-1_20171211T1505Z_A6kvhMoVeCsc7v8U.json":    {"2 AWS/CloudTrail, A1 CloudTrail"},
	"aws/trailscraper/111111111111_CloudTrail_eu-central-1_20171211T1505Z_A6kvhMoVeCsc7v8U.json.gz": {"2 AWS/CloudTrail, A1 CloudTrail"},

	"azure/activity/azure_activity_log.jsonl": {"4 Azure/Activity, Z7 Azure SDK"},

	"azure/loganalytics/AADAuditEvents.json": {"4 Azure/Audit, Z4 Log Analytics Azure"},

	"azure/monitor_diag/panther_azure_failed_signins.jsonl":             {"2 Azure/SignIn/ServicePrincipal, Z1 Azure Monitor"},
	"azure/monitor_diag/panther_azure_high_risk_signin.jsonl":           {"2 Azure/SignIn, Z1 Azure Monitor"},
	"azure/monitor_diag/panther_azure_legacyauth.jsonl":                 {"2 Azure/SignIn, Z1 Azure Monitor", "1 Azure/SignIn/ServicePrincipal, Z1 Azure Monitor"},
	"azure/monitor_diag/panther_azure_multiple_protection_alerts.jsonl": {"2 Azure/SignIn, Z1 Azure Monitor"},
	"azure/monitor_diag/panther_azure_risklevel_passthrough.jsonl":      {"5 Azure/SignIn/ServicePrincipal, Z1 Azure Monitor"},
	"azure/monitor_diag/panther_high_risk.records.json":                 {"2 Azure/SignIn, Z1 Azure Monitor"},

	// One event has neither channel nor provider; its id, 5156, is Security's.
	"windows/loganalytics/WindowsEvents.json": {
		"36 Windows/Security, W4 Log Analytics Windows", "1 Windows/Application, W4 Log Analytics Windows", "1 Windows/Sysmon, W4 Log Analytics Windows",
	},
	"windows/loganalytics/securityauditing_log4shell_cve2021_44228_java_serialized_object_2022-05-13045400.json": {"39 Windows/Security, W4 Log Analytics Windows"},
	"windows/loganalytics/syslog_sysmon_log4shell_cve2021_44228_jndi_reference_2022-05-11181020.json":            {"60 Windows/Sysmon, W4b Log Analytics Syslog"},
	"windows/loganalytics/sysmon_log4shell_cve2021_44228_java_serialized_object_2022-05-13045800.json":           {"60 Windows/Sysmon, W4 Log Analytics Windows"},

	"windows/otrf/cmd_lsass_memory_dumpert_syscalls_2020-10-1822561997.json": {"95 Windows/Sysmon, W2 WEC flat", "23 Windows/Security, W2 WEC flat"},
	"windows/otrf/covenant_copy_smb_CreateRequest_2020-09-22145302.json":     {"412 Windows/Sysmon, W1 NXLog flat", "94 Windows/Security, W1 NXLog flat"},
	"windows/otrf/covenant_sc_query_dcerpc_smb_svcctl_2020-08-05034820.json": {"255 Windows/Sysmon, W1 NXLog flat", "45 Windows/Security, W1 NXLog flat"},
	"windows/velociraptor/Event4624_linux.golden.json":                       {"1 Windows/Security, W9 Velociraptor"},

	"windows/evtx/ID4688-4698_Persistent_scheduled_task_with_SYSTEM_privileges_creation.evtx": {"4 Windows/Security, W8 EVTX"},
	"windows/evtx/ID4688-5145-WMIexec_execution_via_SMB.evtx":                                 {"1023 Windows/Security, W8 EVTX"},
	"windows/evtx/ID4688-Interactive_shell_using_AT_schedule_task.evtx":                       {"1 Windows/Security, W8 EVTX"},
	"windows/splunk/T1003_sysmon.log":                                                         {"6 Windows/Sysmon, W6 event XML", "4 Windows/Security, W6 event XML"},
	"windows/splunk/T1202_windows-security.log":                                               {"8 Windows/Security, W7 key=value blocks"},
	"windows/splunk/T1202_windows-sysmon.log":                                                 {"24 Windows/Sysmon, W6 event XML"},
	"windows/splunk/T1558.004_windows-security-xml.log":                                       {"25 Windows/Security, W6 event XML"},
	"aws/otrf/aws_s3_honeybucketlogs.zip!AWS_S3_HoneyBucketLogs.csv":                          {"301 AWS/CloudTrail, A8 CloudTrail table"},

	"hostile/._reg_stop_event_logging_controlset001_minint_key.json": nil,
	"hostile/lfs-pointer-cloudtrail.json":                            nil,

	"aws/otrf/ec2_proxy_s3_exfiltration.zip!ec2_proxy_s3_exfiltration_2020-09-14011940.json": {"103 AWS/CloudTrail, A4 CloudTrail by Logstash"},
	"azure/loganalytics/AADAuditEvents.Zip!AADAuditEvents.json":                              {"4 Azure/Audit, Z4 Log Analytics Azure"},
	"windows/loganalytics/WindowsEvents.Zip!WindowsEvents.json": {
		"36 Windows/Security, W4 Log Analytics Windows",
		"1 Windows/Application, W4 Log Analytics Windows",
		"1 Windows/Sysmon, W4 Log Analytics Windows",
	},
	"windows/loganalytics/securityauditing_log4shell_cve2021_44228_java_serialized_object.zip!securityauditing_log4shell_cve2021_44228_java_serialized_object_2022-05-13045400.json": {"39 Windows/Security, W4 Log Analytics Windows"},
	"windows/loganalytics/syslog_sysmon_log4shell_cve2021_44228_jndi_reference.zip!syslog_sysmon_log4shell_cve2021_44228_jndi_reference_2022-05-11181020.json":                       {"93 Windows/Sysmon, W4b Log Analytics Syslog"},
	"windows/loganalytics/sysmon_log4shell_cve2021_44228_java_serialized_object.zip!sysmon_log4shell_cve2021_44228_java_serialized_object_2022-05-13045800.json":                     {"487 Windows/Sysmon, W4 Log Analytics Windows"},
	"windows/otrf/cmd_discover_iexplorer_version_registry.zip!cmd_discover_iexplorer_version_registry_2020-10-2123281491.json": {
		"59 Windows/Sysmon, W2 WEC flat",
		"8 Windows/Security, W2 WEC flat",
		"1 Windows/System, W2 WEC flat",
	},
	"windows/otrf/cmd_lsass_memory_dumpert_syscalls.zip!cmd_lsass_memory_dumpert_syscalls_2020-10-1822561997.json": {
		"95 Windows/Sysmon, W2 WEC flat",
		"23 Windows/Security, W2 WEC flat",
	},
	"windows/otrf/cmd_userinitmprlogonscript_batch.zip!cmd_userinitmprlogonscript_batch_2020-10-1922471810.json": {
		"108 Windows/Sysmon, W2 WEC flat",
		"13 Windows/Security, W2 WEC flat",
		"1 Windows/System, W2 WEC flat",
	},
	"windows/otrf/covenant_copy_smb_CreateRequest.zip!covenant_copy_smb_CreateRequest_2020-09-22145302.json": {
		"412 Windows/Sysmon, W1 NXLog flat",
		"94 Windows/Security, W1 NXLog flat",
	},
	"windows/otrf/covenant_persistwmi.tar.gz!covenant_persistwmi_2019-12-05044734.json": {
		"699 Windows/Sysmon, W1 NXLog flat",
		"299 Windows/Security, W1 NXLog flat",
		"3 Windows/Microsoft-Windows-WMI-Activity/Operational, W1 NXLog flat",
	},
	"windows/otrf/covenant_sc_query_dcerpc_smb_svcctl.zip!covenant_sc_query_dcerpc_smb_svcctl_2020-08-05034820.json": {
		"511 Windows/Sysmon, W1 NXLog flat",
		"118 Windows/Security, W1 NXLog flat",
	},
	"windows/otrf/empire_enable_rdp.tar.gz!empire_enable_rdp_2019-05-18203650.json": {
		"2074 Windows/Sysmon, W3 Winlogbeat 6",
		"273 Windows/Security, W3 Winlogbeat 6",
		"169 Windows/Windows PowerShell, W3 Winlogbeat 6",
		"140 Windows/Microsoft-Windows-PowerShell/Operational, W3 Winlogbeat 6",
		"9 Windows/Microsoft-Windows-Windows Firewall With Advanced Security/Firewall, W3 Winlogbeat 6",
		"1 Windows/Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational, W3 Winlogbeat 6",
		"1 Windows/Microsoft-Windows-WMI-Activity/Operational, W3 Winlogbeat 6",
		"1 Windows/System, W3 Winlogbeat 6",
	},
	"windows/otrf/reg_stop_event_logging_controlset001_minint_key.zip!reg_stop_event_logging_controlset001_minint_key.json": {
		"4745 Windows/Sysmon, W2 WEC flat",
		"85 Windows/Security, W2 WEC flat",
		"57 Windows/Microsoft-Windows-PowerShell/Operational, W2 WEC flat",
		"36 Windows/Windows PowerShell, W2 WEC flat",
	},
	"windows/otrf/schtask_create.zip!schtask_create_2020-12-1907003032.json": {
		"906 Windows/Sysmon, W2 WEC flat",
		"133 Windows/Security, W2 WEC flat",
		"2 Windows/Microsoft-Windows-TaskScheduler/Operational, W2 WEC flat",
	},
	"windows/splunk/T1047_attack_data.tar.gz!attack_data.txt": {
		"7663 Windows/Sysmon, W1 NXLog flat",
		"475 Windows/Security, W1 NXLog flat",
		"70 Windows/System, W1 NXLog flat",
		"12 Windows/Application, W1 NXLog flat",
	},
}

// TestSamples takes the inventory of all real samples, plain or in archives. They lie beside the repository and are no part of
// it.
func TestSamples(t *testing.T) {
	root := filepath.Join("..", "..", "shared", "samples")
	if _, err := os.Stat(root); err != nil {
		t.Skip("no samples beside the repository: ", root)
	}
	got := map[string][]string{}
	for name := range samples {
		got[name] = nil
	}
	inputs, _, err := sources.Walk([]string{root}, sources.Remote{})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range take(inputs) {
		name, err := filepath.Rel(root, line.Input)
		if err != nil {
			t.Fatal(err)
		}
		name = filepath.ToSlash(name)
		got[name] = append(got[name], fmt.Sprintf("%d %s, %s", line.Events, line.Category, line.Shape))
		if line.Undated > 0 {
			t.Errorf("%s: %d events without a time", name, line.Undated)
		}
	}
	if diff := cmp.Diff(samples, got); diff != "" {
		t.Errorf("(-Python +inventory):\n%s", diff)
	}
}

// take returns what is in each input.
func take(inputs []sources.Input) []inventory.Input {
	result := stream.Run(context.Background(), stream.Job{
		Inputs:    inputs,
		Normalize: normalize.Options{Time: true, Host: true},
		Observe: func(p *normalize.Projection) stream.Observer {
			return inventory.New(p, inventory.Options{Inputs: true})
		},
	})
	whole := result.Observers[0].(*inventory.Inventory)
	for _, o := range result.Observers[1:] {
		whole.Merge(o.(*inventory.Inventory))
	}
	return whole.Result().Inputs
}
