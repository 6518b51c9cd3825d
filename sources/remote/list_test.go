package remote_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"retrohunt/sources/remote"
)

func TestAListThatIsNoneIsAnError(t *testing.T) {
	server := newS3(t)
	c, _ := newClient(t, remote.Options{Endpoint: server.URL})
	for _, test := range []struct{ what, page, want string }{
		{"a web page", "<html><body>Please sign in</body></html>", "expected element type <ListBucketResult> but have <html>"},
		{"nothing", "", "cannot be read: EOF"},
		{
			"a circle", "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>again</NextContinuationToken></ListBucketResult>",
			"the server's list of names goes in circles",
		},
		{"no way on", "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>", "cannot be read: it breaks off"},
		{
			"a broken escape", "<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>%zz</Key></Contents></ListBucketResult>",
			"invalid URL escape",
		},
	} {
		server.fault = func(w http.ResponseWriter, _ *http.Request) http.ResponseWriter {
			fmt.Fprint(w, test.page)
			return nil
		}
		objects, err := c.List(t.Context(), "s3://"+bucket)
		if err == nil || !strings.Contains(err.Error(), test.want) || len(objects) != 0 {
			t.Errorf("%s: %d objects and %v", test.what, len(objects), err)
		}
	}
}

func TestKeysThatAreEscapedInAListAreNamedAsTheyAre(t *testing.T) {
	server := newS3(t)
	c, _ := newClient(t, remote.Options{Endpoint: server.URL})
	server.fault = func(w http.ResponseWriter, _ *http.Request) http.ResponseWriter {
		fmt.Fprint(w, "<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>a+b%2Bc%25/%01</Key><Size>1</Size></Contents></ListBucketResult>")
		return nil
	}
	objects, err := c.List(t.Context(), "s3://"+bucket)
	if err != nil || len(objects) != 1 || objects[0].Name != "s3://"+bucket+"/a b+c%/\x01" {
		t.Errorf("%+v and %v", objects, err)
	}
}
