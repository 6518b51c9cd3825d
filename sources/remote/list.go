package remote

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
)

// maxPage is the longest page of names that is read, in bytes. Real ones of 5,000 names are below 8 MiB.
const maxPage = 64 << 20

// List returns the objects that a URL means, sorted by name, each once: the object of that name and all below it as a folder;
// or those that a glob matches, and all below these, where * and ? stop at a slash; or, if that is nothing, all whose names
// begin so. Empty objects that stand for folders are left out. An http(s) URL is one object, and no server is asked. Nothing
// at all is ErrNone.
func (c *Client) List(ctx context.Context, url string) ([]Object, error) {
	l, err := parse(url)
	if err != nil {
		return nil, err
	}
	from, ok := c.stores[l.scheme].(lister)
	if !ok {
		return []Object{{Name: url, Size: -1}}, nil
	}
	found, err := c.pages(ctx, from, l)
	if err != nil {
		return nil, err
	}
	meant := chosen(l, found)
	if len(meant) == 0 {
		return nil, ErrNone
	}
	for i := range meant {
		meant[i].Name = l.name(meant[i].Name)
	}
	slices.SortFunc(meant, func(a, b Object) int { return strings.Compare(a.Name, b.Name) })
	return slices.CompactFunc(meant, func(a, b Object) bool { return a.Name == b.Name }), nil
}

// chosen returns the objects that a location means, of all whose keys begin like it.
func chosen(l location, found []Object) []Object {
	var meant, begin []Object
	for _, o := range found {
		switch {
		case o.Size == 0 && (o.Name == "" || strings.HasSuffix(o.Name, "/")): // a folder
		case l.means(o.Name):
			meant = append(meant, o)
		case strings.HasPrefix(o.Name, l.key):
			begin = append(begin, o)
		}
	}
	if len(meant) == 0 {
		return begin
	}
	return meant
}

// pages asks for one page of names after another.
func (c *Client) pages(ctx context.Context, from lister, l location) ([]Object, error) {
	var all []Object
	seen := map[string]bool{}
	for next := ""; ; {
		ask := func(ctx context.Context) (*http.Request, error) { return from.page(ctx, l, l.prefix(), next) }
		body, err := persist(ctx, c, func() ([]byte, error) { return c.page(ctx, l, ask) })
		if err != nil {
			return nil, err
		}
		objects, following, err := from.names(body)
		if err != nil {
			return nil, fmt.Errorf("the server's list of names cannot be read: %w", err)
		}
		all = append(all, objects...)
		if following == "" {
			return all, nil
		}
		if seen[following] {
			return nil, errCircle
		}
		seen[following], next = true, following
	}
}

// page returns the body of an answer. A body that is cut off is an error.
func (c *Client) page(ctx context.Context, l location, b build) ([]byte, error) {
	answer, err := c.send(ctx, l, b)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxPage))
	if err == nil && len(body) == maxPage {
		err = &unretryable{errLongPage}
	}
	return body, err
}
