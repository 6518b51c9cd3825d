package remote_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"retrohunt/sources/remote"
)

const sharedConfig = `
[default]
region = eu-west-1
s3 =
    region = none
[profile ir ]
region=eu-west-2
aws_access_key_id = AKIDCONFIG
aws_secret_access_key = x
[profile sso]
sso_start_url = https://example.com
`

const sharedCredentials = `# a comment
[default]
aws_access_key_id = AKIDDEFAULT
aws_secret_access_key = a=b
[ir]
aws_access_key_id=AKIDIR
aws_secret_access_key=y
aws_session_token = token
#aws_session_token = none
`

func TestWhoAsks(t *testing.T) {
	home := t.TempDir()
	if err := os.Mkdir(filepath.Join(home, ".aws"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"config": sharedConfig, "credentials": sharedCredentials} {
		if err := os.WriteFile(filepath.Join(home, ".aws", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		what, name string
		env        environment
		options    remote.Options
		want       string // what Authorization begins with; or the error
		token      string
	}{
		{"nothing", "s3://trails/x", environment{}, remote.Options{}, "", ""},
		{
			"keys of the environment", "s3://trails/x",
			environment{"HOME": home, "AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "x", "AWS_PROFILE": "ir"},
			remote.Options{},
			"AWS4-HMAC-SHA256 Credential=AKIDENV/20240506/eu-west-2/s3/", "",
		},
		{
			"the default profile", "s3://trails/x",
			environment{"HOME": home},
			remote.Options{},
			"AWS4-HMAC-SHA256 Credential=AKIDDEFAULT/20240506/eu-west-1/s3/", "",
		},
		{
			"a profile", "s3://trails/x",
			environment{"USERPROFILE": home, "AWS_PROFILE": "ir"},
			remote.Options{},
			"AWS4-HMAC-SHA256 Credential=AKIDIR/20240506/eu-west-2/s3/", "token",
		},
		{
			"a profile of another file, and a region", "s3://trails/x",
			environment{"AWS_CONFIG_FILE": filepath.Join(home, ".aws", "config"), "AWS_PROFILE": "ir", "AWS_REGION": "eu-west-3"},
			remote.Options{Region: "eu-north-1"},
			"AWS4-HMAC-SHA256 Credential=AKIDCONFIG/20240506/eu-north-1/s3/", "",
		},
		{"anonymous", "s3://trails/x", environment{"HOME": home}, remote.Options{Anonymous: true}, "", ""},
		{
			"no profile", "s3://trails/x",
			environment{"HOME": home, "AWS_PROFILE": "none"},
			remote.Options{},
			`error: there is no AWS profile "none"`, "",
		},
		{
			"a profile that leads elsewhere", "s3://trails/x",
			environment{"HOME": home, "AWS_PROFILE": "sso"},
			remote.Options{},
			`error: the AWS profile "sso" holds no access key`, "",
		},
		{
			"half a key", "s3://trails/x",
			environment{"AWS_ACCESS_KEY_ID": "AKIDENV"},
			remote.Options{},
			"error: there is an AWS access key, but no secret for it", "",
		},
		{"no region", "s3://trails/x", environment{"AWS_REGION": "evil.example.com/"}, remote.Options{}, `error: "evil.example.com/" is no AWS region`, ""},
		{
			"an HMAC key", "gs://trails/x",
			environment{"GS_ACCESS_KEY_ID": "GOOGHMAC", "GS_SECRET_ACCESS_KEY": "x", "AWS_ACCESS_KEY_ID": "A"},
			remote.Options{},
			"AWS4-HMAC-SHA256 Credential=GOOGHMAC/20240506/auto/s3/", "",
		},
		{"a token", "gs://trails/x", environment{"CLOUDSDK_AUTH_ACCESS_TOKEN": "ya29.x"}, remote.Options{}, "Bearer ya29.x", ""},
		{"anonymous at Google", "gs://trails/x", environment{"CLOUDSDK_AUTH_ACCESS_TOKEN": "ya29.x"}, remote.Options{Anonymous: true}, "", ""},
	} {
		t.Run(test.what, func(t *testing.T) {
			server := newS3(t)
			o := test.options
			o.Endpoint, o.Getenv, o.MaxRetries = server.URL, test.env.get, -1
			c, _ := newClient(t, o)
			_, err := c.Open(t.Context(), test.name)
			if want, ok := strings.CutPrefix(test.want, "error: "); ok {
				if err == nil || !strings.HasPrefix(err.Error(), want) || server.count() != 0 {
					t.Errorf("error: %v", err)
				}
				return
			}
			if server.count() == 0 {
				t.Fatalf("nobody asked: %v", err)
			}
			header := server.requests[0].Header
			if got := header.Get("Authorization"); !strings.HasPrefix(got, test.want) || (got == "") != (test.want == "") {
				t.Errorf("got %q", got)
			}
			if got := header.Get("X-Amz-Security-Token"); got != test.token {
				t.Errorf("token %q", got)
			}
		})
	}
}

// Google would decompress objects that are stored as gzip unless a client says that it can do so itself; others are asked
// for bytes as they are.
func TestBytesAreAskedForAsTheyAreStored(t *testing.T) {
	for scheme, want := range map[string]string{"s3": "identity", "gs": "gzip", "https": "identity"} {
		first := &asked{}
		c := remote.New(remote.Options{Transport: first, Getenv: environment{}.get, MaxRetries: -1})
		if _, err := c.Open(t.Context(), scheme+"://trails.example.com/x"); err == nil || first.request == nil {
			t.Fatal(err)
		}
		if got := first.request.Header["Accept-Encoding"]; len(got) != 1 || got[0] != want {
			t.Errorf("%s: %v", scheme, got)
		}
		if first.request.Method != http.MethodGet {
			t.Error(first.request.Method)
		}
	}
}
