package synth

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
)

// person is an account with what stays the same of it.
type person struct {
	number          int
	name, host, ip  string
	sid, logon, key string
	guid, device    string
}

const firstNames = `ada alan anita barbara carol claude dennis donald dorothy edsger emmy erna frances george grace hedy
	jean john joan katherine kurt leslie margaret marie mary niklaus peter radia richard rosalind sofia stephen tim
	tony ursula vera wendy wim yvonne zoe`

const lastNames = `abel ash baker birch bishop brook carter clay cole cooper dale dean elm field fisher flint ford fox
	gale glen grant grove hale hart heath hill holt kent lake lane marsh mason mill moss nash north oak page park
	peak pike pond reed ridge rose shaw stone vale west wood`

// people are the accounts of the made-up company.
var people = func() (all []person) {
	m := New(0, 0)
	for _, last := range strings.Fields(lastNames) {
		for _, first := range strings.Fields(firstNames) {
			i := len(all)
			all = append(all, person{
				number: i,
				name:   first + "." + last,
				sid:    fmt.Sprintf("S-1-5-21-1004336348-1177238915-682003330-%d", 1000+i),
				logon:  fmt.Sprintf("%x", 0x30000+i*7919),
				key:    string(m.appendKey(nil, base32, 9)),
				guid:   string(m.appendGUID(nil)),
				device: string(m.appendGUID(nil)),
				host:   fmt.Sprintf("WS%04d.corp.example.com", i),
				ip:     address(i),
			})
		}
	}
	return all
}()

// address returns one of the addresses that are kept for documentation (RFC 5737).
func address(i int) string {
	nets := [...]string{"192.0.2", "198.51.100", "203.0.113"}
	return fmt.Sprintf("%s.%d", nets[i%3], 1+i/3%254)
}

// personOf returns the person whose ids a name that is nobody's gets.
func personOf(name string) *person {
	h := fnv.New32a()
	h.Write([]byte(name))
	return &people[h.Sum32()%uint32(len(people))]
}

// program is an executable with a command line as background noise has it.
type program struct {
	name, image string // as they stand in JSON
	hashes      string
	command     []part
}

var programs = func() (all []program) {
	m := New(0, 1)
	for line := range strings.Lines(commandLines) {
		image, arguments, _ := strings.Cut(strings.TrimSpace(line), " ")
		image = string(appendEscaped(nil, strings.ReplaceAll(image, "_", " ")))
		arguments = string(appendEscaped(nil, arguments))
		all = append(all, program{
			name:    image[strings.LastIndexByte(image, '\\')+1:],
			image:   image,
			hashes:  m.hashes(),
			command: parseParts(`\"` + image + `\" ` + arguments),
		})
	}
	return all
}()

func named(name string) *program {
	return &programs[slices.IndexFunc(programs, func(p program) bool { return p.name == name })]
}

// commandLines are background noise: no glob of T1021.007 fits one. A blank in a path is written as an underscore.
const commandLines = `C:\Windows\System32\svchost.exe -k netsvcs -p -s Schedule
C:\Windows\System32\svchost.exe -k LocalServiceNetworkRestricted -p
C:\Windows\System32\conhost.exe 0xffffffff -ForceV1
C:\Windows\System32\RuntimeBroker.exe -Embedding
C:\Windows\System32\backgroundTaskHost.exe -ServerName:App.AppX<hex32>.mca
C:\Windows\System32\taskhostw.exe Install $(Arg0)
C:\Windows\System32\wbem\WmiPrvSE.exe -secured -Embedding
C:\Windows\System32\cmd.exe /d /s /c "npm run build --prefix C:\src\portal-<num4>"
C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe -NoProfile -ExecutionPolicy RemoteSigned -File C:\ops\inventory.ps1 -Ticket <num5>
C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe -NoLogo -Command "Get-ADUser -Filter * | Export-Csv C:\ops\users-<hex8>.csv"
C:\Windows\System32\rundll32.exe C:\Windows\System32\shell32.dll,SHCreateLocalServerRunDll {<guid>}
C:\Windows\System32\reg.exe query HKLM\SOFTWARE\Example\Agent /v Version
C:\Windows\System32\SearchProtocolHost.exe Global\UsGthrFltPipeMssGthrPipe<num5>_ Global\UsGthrCtrlFltPipeMssGthrPipe<num5>
C:\Program_Files\Microsoft_Office\root\Office16\OUTLOOK.EXE /restore
C:\Program_Files\Microsoft_Office\root\Office16\EXCEL.EXE /dde "C:\Users\Public\report-<hex8>.xlsx"
C:\Program_Files\Microsoft\Edge\Application\msedge.exe --type=renderer --lang=en-US --device-scale-factor=1 --renderer-client-id=<num3> --launch-time-ticks=<num9> --field-trial-handle=<num4>,i,<num9>
C:\Program_Files\Microsoft\Edge\Application\msedge.exe --type=utility --utility-sub-type=network.mojom.NetworkService --field-trial-handle=<num4>,i,<num9>
C:\Program_Files\Git\cmd\git.exe fetch --prune origin +refs/heads/*:refs/remotes/origin/*
C:\Program_Files\Amazon\SSM\ssm-document-worker.exe <guid>
C:\Program_Files\Terraform\terraform.exe plan -out=plan-<hex8>.bin -var-file=prod.tfvars
C:\Program_Files\Example\Agent\agent.exe --collect --job <guid>`

// hashes are those of a file as Sysmon writes them.
func (m *Maker) hashes() string {
	h := m.appendKey(nil, upperHex, 168)
	return fmt.Sprintf("SHA1=%s,MD5=%s,SHA256=%s,IMPHASH=%s", h[:40], h[40:72], h[72:136], h[136:])
}

// module is a library that programs load.
type module struct{ name, hashes string }

var modules = func() (all []module) {
	m := New(0, 2)
	for _, name := range strings.Fields(moduleNames) {
		all = append(all, module{name, m.hashes()})
	}
	return all
}()

const moduleNames = `ntmarta.dll uxtheme.dll combase.dll wintrust.dll crypt32.dll msvcp_win.dll bcryptprimitives.dll
	windows.storage.dll propsys.dll profapi.dll sspicli.dll iphlpapi.dll dnsapi.dll rasadhlp.dll fwpuclnt.dll winhttp.dll
	wldp.dll amsi.dll userenv.dll netapi32.dll samcli.dll wkscli.dll logoncli.dll cryptnet.dll dpapi.dll rsaenh.dll`

// place is where sign-ins come from, and to what.
type place struct{ city, country, latitude, longitude, app, appID string }

var places = []place{
	{"Lisbon", "PT", "38.72225", "-9.13934", "Office 365 Exchange Online", "00000002-0000-0ff1-ce00-000000000000"},
	{"Porto", "PT", "41.15794", "-8.62911", "Microsoft Teams", "1fec8e78-bce4-4aaf-ab1b-5451cc387264"},
	{"Graz", "AT", "47.07071", "15.43950", "Azure Portal", "c44b4083-3bb0-49c1-b47d-974e53cbdf3c"},
	{"Bergen", "NO", "60.39299", "5.32415", "Office 365 SharePoint Online", "00000003-0000-0ff1-ce00-000000000000"},
	{"Ghent", "BE", "51.05434", "3.71742", "Microsoft Office", "d3590ed6-52b3-4102-aeff-aad2292ab01c"},
	{"Turku", "FI", "60.45181", "22.26663", "Example Payroll", "8d1f8d1c-5d7e-4b8e-9c55-1b2c3d4e5f60"},
	{"Cork", "IE", "51.89797", "-8.47061", "Example Wiki", "8d1f8d1c-5d7e-4b8e-9c55-1b2c3d4e5f61"},
}

var browsers = []string{
	"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0 Safari/537.36 Edg/144.0.0.0",
	"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:147.0) Gecko/20100101 Firefox/147.0",
	"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15",
}

var agents = []string{
	"aws-cli/2.31.9 md/awscrt#0.27.6 ua/2.1 os/linux#6.1 md/arch#x86_64 lang/python#3.13.7 md/pyimpl#CPython",
	"Boto3/1.40.1 md/Botocore#1.40.1 ua/2.1 os/linux#6.1 md/arch#aarch64 lang/python#3.12.3",
	"APN/1.0 HashiCorp/1.0 Terraform/1.13.1 aws-sdk-go-v2/1.38.0 lang/go#1.25 os/linux#6.8",
	"aws-sdk-java/2.33.4 md/io#sync md/http#Apache os/Linux#5.10 lang/java#21.0.4",
}

var roles = []string{"build-agent", "reporting", "data-platform-reader", "cluster-nodes", "inventory", "backup", "deploy"}

var regions = []string{"us-east-1", "eu-west-1", "eu-central-1", "us-west-2"}
