package literal

import "testing"

func TestAFingerprintIsWhatIsRareInLogs(t *testing.T) {
	for _, test := range []struct {
		literal Literal
		want    string
	}{
		{Literal{Text: "Connect-AzAccount"}, "AzA"},
		{Literal{Text: "eventName=Zq"}, "=Zq"},
		{Literal{Text: "ConsoleLogin"}, "leL"}, // and not the "Log" of "LogonType"
		{Literal{Text: "&#"}, "&#"},
		{Literal{Text: "queue-@x", Fold: true}, "-@x"},
	} {
		at, _ := rarestFingerprint(test.literal)
		if got := test.literal.Text[at:min(at+width, len(test.literal.Text))]; got != test.want {
			t.Errorf("%v: %q, want %q", test.literal, got, test.want)
		}
	}
}

func TestEveryLiteralIsInOneBucketThatFits(t *testing.T) {
	list := append(exact("high", "medium", "az login", "az account", "&#", "x", "aws sts", "aws configure", "gcloud"), anyCase("high", "kz1")...)
	for _, n := range []int{8, 16} {
		in := map[Literal]int{}
		for _, b := range buckets(list, n, false) {
			for _, a := range b.literals {
				in[a.literal]++
				for k, set := range fingerprintOf(a.literal, a.offset) {
					if b.fingerprint[k].or(set) != b.fingerprint[k] {
						t.Errorf("%v is in a bucket that does not fit", a.literal)
					}
				}
			}
		}
		for _, l := range list {
			if in[l] != 1 {
				t.Errorf("%v is in %d of %d buckets", l, in[l], n)
			}
		}
	}
}

func TestLiteralsInSeveralBucketsAreTakenForFewerCandidates(t *testing.T) {
	list := exact("high", "medium", "az login", "az account", "aws sts", "aws configure", "gcloud", "Connect-Az", "ConsoleLogin")
	sum := func(n int) (sum float64) {
		for _, b := range buckets(list, n, false) {
			sum += b.likely
		}
		return sum
	}
	if one, eight, sixteen := sum(1), sum(8), sum(16); one <= 10*eight || eight < sixteen {
		t.Errorf("%v in one, %v in eight, %v in sixteen", one, eight, sixteen)
	}
}
