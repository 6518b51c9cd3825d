package remote

import (
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"retrohunt/internal/pattern"
)

// emptyPayload is the SHA-256 of no bytes, which is what a GET sends.
const emptyPayload = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

// s3Store speaks the protocol of S3, with one set of credentials. Its signatures are those of the AWS SDK.
type s3Store struct {
	signer   *v4.Signer
	now      func() time.Time
	identity func() (identity, error) // once
	base     func(bucket, region string) (url string, inPath bool)
	encoding string // what is sent as Accept-Encoding

	mu      sync.Mutex
	regions map[string]string // of buckets that are elsewhere than the identity says
}

// identity is who asks, and for which region.
type identity struct {
	keys   aws.Credentials // without keys: requests are not signed
	bearer string          // an OAuth token instead of keys
	region string
}

func newAmazon(o Options) *s3Store {
	return newS3(o, "identity", func() (identity, error) { return amazonIdentity(o) }, func(bucket, region string) (string, bool) {
		if endpoint := cmp.Or(o.Endpoint, o.Getenv("AWS_ENDPOINT_URL_S3"), o.Getenv("AWS_ENDPOINT_URL")); endpoint != "" {
			return endpoint, true
		}
		host := "s3." + region + ".amazonaws.com"
		if strings.HasPrefix(region, "cn-") {
			host += ".cn"
		}
		if o.PathStyle || !hostLabel().MatchString(bucket) {
			return "https://" + host, true
		}
		return "https://" + bucket + "." + host, false
	})
}

// newGoogle is Google Cloud Storage by its XML API, which takes the signatures of S3 with HMAC keys. It would decompress
// objects that are stored with Content-Encoding gzip, and then serve no ranges of them, unless gzip is accepted.
func newGoogle(o Options) *s3Store {
	return newS3(o, "gzip", func() (identity, error) { return googleIdentity(o), nil }, func(string, string) (string, bool) {
		return cmp.Or(o.Endpoint, "https://storage.googleapis.com"), true
	})
}

func newS3(o Options, encoding string, who func() (identity, error), base func(string, string) (string, bool)) *s3Store {
	return &s3Store{
		signer:   v4.NewSigner(func(s *v4.SignerOptions) { s.DisableURIPathEscaping = true }),
		now:      o.Now,
		identity: sync.OnceValues(who),
		base:     base,
		encoding: encoding,
		regions:  map[string]string{},
	}
}

// hostLabel are buckets that can be a part of a host name, below a certificate for *.s3.
var hostLabel = pattern.New(`^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$`)

var regionName = pattern.New(`^[a-z0-9-]{1,32}$`)

func (s *s3Store) object(ctx context.Context, l location, header http.Header) (*http.Request, error) {
	return s.get(ctx, l.bucket, l.key, nil, header)
}

func (s *s3Store) page(ctx context.Context, l location, prefix, next string) (*http.Request, error) {
	query := url.Values{"list-type": {"2"}, "encoding-type": {"url"}, "prefix": {prefix}}
	if next != "" {
		query.Set("continuation-token", next)
	}
	return s.get(ctx, l.bucket, "", query, nil)
}

func (s *s3Store) get(ctx context.Context, bucket, key string, query url.Values, header http.Header) (*http.Request, error) {
	who, err := s.identity()
	if err != nil {
		return nil, err
	}
	region := cmp.Or(s.region(bucket), who.region)
	base, inPath := s.base(bucket, region)
	segments := []string{key}
	if inPath {
		segments = []string{bucket, key}
	}
	request, err := newGet(ctx, base, query, segments...)
	if err != nil {
		return nil, err
	}
	add(request, header)
	switch {
	case who.bearer != "":
		request.Header.Set("Authorization", "Bearer "+who.bearer)
	case who.keys.AccessKeyID != "":
		request.Header.Set("X-Amz-Content-Sha256", emptyPayload)
		err = s.signer.SignHTTP(ctx, who.keys, request, emptyPayload, "s3", region, s.now())
	}
	request.Header.Set("Accept-Encoding", s.encoding) // unsigned: proxies change it
	return request, err
}

func (s *s3Store) region(bucket string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.regions[bucket]
}

// moved learns a bucket's region from an answer that refuses for the wrong one.
func (s *s3Store) moved(l location, answer *http.Response) bool {
	region := answer.Header.Get("X-Amz-Bucket-Region")
	switch answer.StatusCode {
	case http.StatusMovedPermanently, http.StatusTemporaryRedirect, http.StatusBadRequest, http.StatusForbidden:
	default:
		return false
	}
	who, err := s.identity()
	if err != nil || !regionName().MatchString(region) || region == cmp.Or(s.region(l.bucket), who.region) {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.regions[l.bucket] = region
	return true
}

func (s *s3Store) names(body []byte) (objects []Object, next string, err error) {
	var page struct {
		XMLName               xml.Name `xml:"ListBucketResult"`
		EncodingType          string
		IsTruncated           bool
		NextContinuationToken string
		Contents              []struct {
			Key, LastModified, ETag string
			Size                    int64
		}
	}
	if err := xml.Unmarshal(body, &page); err != nil {
		return nil, "", err
	}
	for _, c := range page.Contents {
		key := c.Key
		if page.EncodingType == "url" {
			if key, err = url.QueryUnescape(c.Key); err != nil {
				return nil, "", err
			}
		}
		modified, _ := time.Parse(time.RFC3339, c.LastModified)
		objects = append(objects, Object{Name: key, Size: c.Size, ETag: strings.Trim(c.ETag, `"`), Modified: modified})
	}
	if page.IsTruncated && page.NextContinuationToken == "" {
		return nil, "", errors.New("it breaks off")
	}
	if !page.IsTruncated {
		page.NextContinuationToken = ""
	}
	return objects, page.NextContinuationToken, nil
}
