package remote

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// amazonIdentity is what the environment says, else what the profile in the shared files says. There is no network in it:
// roles of machines, SSO and processes are for the aws tool, which can export what it got from them.
func amazonIdentity(o Options) (identity, error) {
	profile, known, err := amazonProfile(o.Getenv)
	if err != nil {
		return identity{}, err
	}
	who := identity{region: cmp.Or(o.Region, o.Getenv("AWS_REGION"), o.Getenv("AWS_DEFAULT_REGION"), profile["region"], "us-east-1")}
	if !regionName().MatchString(who.region) {
		return identity{}, fmt.Errorf("%q is no AWS region", who.region)
	}
	named := o.Getenv("AWS_PROFILE")
	switch {
	case o.Anonymous:
	case o.Getenv("AWS_ACCESS_KEY_ID") != "":
		who.keys.AccessKeyID = o.Getenv("AWS_ACCESS_KEY_ID")
		who.keys.SecretAccessKey = o.Getenv("AWS_SECRET_ACCESS_KEY")
		who.keys.SessionToken = o.Getenv("AWS_SESSION_TOKEN")
	case profile["aws_access_key_id"] != "":
		who.keys.AccessKeyID = profile["aws_access_key_id"]
		who.keys.SecretAccessKey = profile["aws_secret_access_key"]
		who.keys.SessionToken = profile["aws_session_token"]
	case named != "" && !known:
		return identity{}, fmt.Errorf("there is no AWS profile %q", named)
	case named != "":
		return identity{}, fmt.Errorf("the AWS profile %q holds no access key; "+
			"what it leads to comes into the environment by: eval \"$(aws configure export-credentials --format env)\"", named)
	}
	if who.keys.AccessKeyID != "" && who.keys.SecretAccessKey == "" {
		return identity{}, errors.New("there is an AWS access key, but no secret for it")
	}
	return who, nil
}

// amazonProfile reads the profile that the environment chooses from the shared config and credentials files. known is
// whether one of them has it.
func amazonProfile(getenv func(string) string) (profile map[string]string, known bool, err error) {
	name := cmp.Or(getenv("AWS_PROFILE"), "default")
	folder := filepath.Join(cmp.Or(getenv("HOME"), getenv("USERPROFILE")), ".aws")
	profile = map[string]string{}
	for _, f := range []struct{ path, section string }{
		{cmp.Or(getenv("AWS_CONFIG_FILE"), filepath.Join(folder, "config")), "profile " + name},
		{cmp.Or(getenv("AWS_SHARED_CREDENTIALS_FILE"), filepath.Join(folder, "credentials")), name},
	} {
		section := f.section
		if name == "default" {
			section = name
		}
		found, err := readSection(f.path, section, profile)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, false, err
		}
		known = known || found
	}
	return profile, known, nil
}

// readSection adds what stands below [section] in an ini file, less what is indented, to values.
func readSection(path, section string, values map[string]string) (found bool, err error) {
	file, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer file.Close()
	inside := false
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line := lines.Text()
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "["); ok {
			name, _, _ = strings.Cut(name, "]")
			inside = strings.Join(strings.Fields(name), " ") == section
			found = found || inside
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if inside && ok && !strings.ContainsAny(line[:1], " \t#;") {
			values[strings.ToLower(strings.TrimSpace(key))] = strings.TrimSpace(value)
		}
	}
	return found, lines.Err()
}

// googleIdentity is an HMAC key, under the names that GDAL gave it, else an OAuth token, as gcloud takes it from the environment
// and `gcloud auth print-access-token` prints it.
func googleIdentity(o Options) identity {
	who := identity{region: "auto"}
	if o.Anonymous {
		return who
	}
	who.keys = aws.Credentials{AccessKeyID: o.Getenv("GS_ACCESS_KEY_ID"), SecretAccessKey: o.Getenv("GS_SECRET_ACCESS_KEY")}
	if who.keys.AccessKeyID == "" {
		who.bearer = o.Getenv("CLOUDSDK_AUTH_ACCESS_TOKEN")
	}
	return who
}
