package literal

import (
	"math"
	"strings"
	"sync"
)

// byFrequency are the bytes of logs, the most frequent first.
const byFrequency = `"e,:tiaonr0s-1cdl2 p4m53u8679.fbhg{}_vyk/w\TSIEAxCDPRNMUWjzLqOFBVHGKXQYJZ()=$@+*;&%#?!~|[]<>^`

// shares is how many of the bytes of logs are one byte, estimated: each has about a twentieth less than the one before it.
var shares = func() (out [256]float64) {
	for c := range out {
		out[c] = 0.045 * math.Pow(0.95, float64(len(byFrequency)))
	}
	for rank, c := range []byte(byFrequency) {
		out[c] = 0.045 * math.Pow(0.95, float64(rank))
	}
	return out
}()

// frequentWords are what keys and values of logs are full of, as written there. Three letters of one stand in a row far more often than each of them
// lets expect: "Log" at 1 of 1,400 places of mixed logs, not at one of a million.
const frequentWords = `AUTHORITY Access Account Api Application Assumed Attributes Audit Authentication AwsApiCall Azure Category Channel Client CommandLine
Company Computer Correlation Credential Data Description Destination Detail Directory Display Domain Event EventID EventLog EventTime
Exe Execution File Granted Group Guid HKLM Hashes Header Hostname IMPHASH INFO Identifier Identity Image Info Integrity Internal Ip
Key Keywords Level Location Login Logon LogonId LogonType MachineName Management Medium Message Microsoft Module Mozilla NT Name
Network None Object Opcode Operation Operational Original Parent Password Platform Port Principal PrincipalName Process ProcessGuid
ProcessId Product Program Properties Protocol Provider RecordNumber Region Registry Request Resource Resources Role Rule RuleName
SHA256 SYSTEM Security Server Service Session Severity Sid Sign Signature Source SourceName State Status Storage String Subject
Success Suite Sysmon System System32 TargetObject Task Tenant Thread ThreadID Time TimeCreated Token Type User UserID UserName Utc
UtcTime Value Version WORKGROUP WORKSTATION Windows access accountId activity administrative amazonaws application assumed attributes
authentication authorization awsRegion based category city claims client com conditional configuration console correlationId country
createdDateTime credentials data description detail display dll domain east error errorCode event eventCategory eventID eventName
eventSource eventTime eventType eventVersion exe failure false file group header hostname http https identity image instance
interactive internal ipAddress isInteractive issuer item key location longitude management mfa microsoft module name none not null
object only operationName parameters password policy port principalId private process product properties protocol provider readOnly
recipientAccountId record red reference request requestID requestParameters resource resourceId responseElements result risk role rule
schemas security server service session sessionContext sessionIssuer source sourceIPAddress state status string subscriptions success
svchost system tags task tenantId time timestamp token true type user userAgent userIdentity userName value version virtual web west`

const (
	// wordShare is how many of the places in logs hold the same three letters of a word, estimated.
	wordShare = 1.0 / 2000
	// numberShare is how many of the places in logs hold three digits.
	numberShare = 1.0 / 20
)

// threes are any three letters in a row of the frequent words, once each, with a blank beside a word: by the first the two others.
var threes = sync.OnceValue(func() [][][2]byte {
	out := make([][][2]byte, 256)
	text := strings.ReplaceAll(frequentWords, "\n", " ")
	seen := map[string]bool{}
	for i := range len(text) - 2 {
		if three := text[i : i+3]; three[1] != ' ' && !seen[three] {
			seen[three] = true
			out[three[0]] = append(out[three[0]], [2]byte{three[1], three[2]})
		}
	}
	return out
})

// rarest returns where the n bytes of a literal begin that logs hold least, by how frequent each byte is.
func (l Literal) rarest(n int) (start int) {
	least := math.Inf(1)
	for i := 0; i+n <= len(l.Text); i++ {
		p := 1.0
		for _, c := range []byte(l.Text[i : i+n]) {
			share := shares[c]
			if l.Fold && isLower(c) {
				share += shares[c-'a'+'A']
			}
			p *= share
		}
		if p < least {
			start, least = i, p
		}
	}
	return start
}
