package remote

import (
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"retrohunt/internal/pattern"
)

// azureVersion is the version of the Blob service's protocol that is spoken.
const azureVersion = "2021-12-02"

// azure is Azure Blob Storage.
type azure struct {
	now     func() time.Time
	account func() (account, error) // once
}

// account is a storage account and what opens it: a key, a signature that somebody made with it, or nothing.
type account struct {
	name string
	base string // the URL below which its containers are
	key  []byte
	sas  string // a query
}

func newAzure(o Options) *azure {
	return &azure{o.Now, sync.OnceValues(func() (account, error) { return azureAccount(o) })}
}

var accountName = pattern.New(`^[a-z0-9]{3,24}(-secondary)?$`)

// azureAccount reads the variables that the az tool reads: a connection string, and what overrides or replaces its parts.
func azureAccount(o Options) (account, error) {
	parts := map[string]string{}
	for part := range strings.SplitSeq(o.Getenv("AZURE_STORAGE_CONNECTION_STRING"), ";") {
		name, value, _ := strings.Cut(part, "=")
		parts[strings.ToLower(strings.TrimSpace(name))] = strings.TrimSpace(value)
	}
	a := account{
		name: cmp.Or(o.Getenv("AZURE_STORAGE_ACCOUNT"), parts["accountname"]),
		base: cmp.Or(o.Endpoint, parts["blobendpoint"], o.Getenv("AZURE_STORAGE_SERVICE_ENDPOINT")),
	}
	if a.base == "" || a.name != "" {
		if !accountName().MatchString(a.name) {
			return account{}, fmt.Errorf("%q is no Azure storage account; AZURE_STORAGE_ACCOUNT names one", a.name)
		}
	}
	if a.base == "" {
		a.base = "https://" + a.name + ".blob." + cmp.Or(parts["endpointsuffix"], "core.windows.net")
	}
	if o.Anonymous {
		return a, nil
	}
	key := cmp.Or(o.Getenv("AZURE_STORAGE_KEY"), parts["accountkey"])
	a.sas = strings.TrimPrefix(cmp.Or(o.Getenv("AZURE_STORAGE_SAS_TOKEN"), parts["sharedaccesssignature"]), "?")
	if key == "" {
		return a, nil
	}
	var err error
	a.key, err = sharedKey(key)
	if err == nil && a.name == "" {
		err = errors.New("there is an Azure storage key, but no account for it")
	}
	return a, err
}

func (s *azure) object(ctx context.Context, l location, header http.Header) (*http.Request, error) {
	return s.get(ctx, nil, header, l.bucket, l.key)
}

func (s *azure) page(ctx context.Context, l location, prefix, next string) (*http.Request, error) {
	query := url.Values{"restype": {"container"}, "comp": {"list"}, "prefix": {prefix}}
	if next != "" {
		query.Set("marker", next)
	}
	return s.get(ctx, query, nil, l.bucket)
}

func (s *azure) get(ctx context.Context, query url.Values, header http.Header, segments ...string) (*http.Request, error) {
	a, err := s.account()
	if err != nil {
		return nil, err
	}
	request, err := newGet(ctx, a.base, query, segments...)
	if err != nil {
		return nil, err
	}
	add(request, header)
	request.Header.Set("X-Ms-Version", azureVersion)
	switch {
	case a.key != nil:
		request.Header.Set("X-Ms-Date", s.now().UTC().Format(http.TimeFormat))
		request.Header.Set("Authorization", "SharedKey "+a.name+":"+signature(a.key, stringToSign(request, a.name)))
	case a.sas != "":
		request.URL.RawQuery = strings.TrimPrefix(request.URL.RawQuery+"&"+a.sas, "&")
	}
	return request, nil
}

func (*azure) names(body []byte) (objects []Object, next string, err error) {
	var page struct {
		XMLName    xml.Name `xml:"EnumerationResults"`
		NextMarker string
		Blobs      []struct {
			Name struct {
				Encoded bool   `xml:"Encoded,attr"`
				Text    string `xml:",chardata"`
			}
			Properties struct {
				Modified string `xml:"Last-Modified"`
				ETag     string `xml:"Etag"`
				Size     int64  `xml:"Content-Length"`
			}
		} `xml:"Blobs>Blob"`
	}
	if err := xml.Unmarshal(body, &page); err != nil {
		return nil, "", err
	}
	for _, b := range page.Blobs {
		key := b.Name.Text
		if b.Name.Encoded {
			if key, err = url.PathUnescape(key); err != nil {
				return nil, "", err
			}
		}
		modified, _ := http.ParseTime(b.Properties.Modified)
		etag := strings.Trim(b.Properties.ETag, `"`)
		objects = append(objects, Object{Name: key, Size: b.Properties.Size, ETag: etag, Modified: modified})
	}
	return objects, page.NextMarker, nil
}
