package remote

import (
	"context"
	"errors"
	"net/http"
)

// web is http and https: a URL is an object.
type web struct{}

func (web) object(ctx context.Context, l location, header http.Header) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, l.key, nil)
	if err != nil {
		return nil, errors.New("that is no URL")
	}
	add(request, header)
	return request, nil
}
