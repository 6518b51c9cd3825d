// Package content reads what Sumo Logic exports of its library, as JSON, today and years ago, or what its API answers: saved searches,
// dashboards with the queries of their panels, folders of these, and monitors; and makes detections of the queries.
//
// It compiles no query and writes no file. What it returns belongs to the caller. Exports may come from anywhere: names in them are
// texts, never paths.
package content

import (
	"fmt"
	"strings"

	"github.com/tidwall/gjson"
)

// Item is a query of an export, or something that has none.
type Item struct {
	Path        []string // the names of what it is in, outermost first, and its own
	Kind        string   // saved search, panel, monitor, or the type that the export gives
	Description string
	Query       string
	Notes       []string // when it runs, what triggers it, defaults of parameters
	Skipped     string   // why there is no query to keep; "" if there is one
}

// Read returns the items of an export in its order. Its error says where the text is no JSON.
func Read(text []byte) ([]Item, error) {
	text = []byte(strings.TrimPrefix(string(text), "\ufeff"))
	if !gjson.ValidBytes(text) {
		return nil, fmt.Errorf("this is no JSON; export content, a dashboard or a monitor as JSON")
	}
	var r reader
	r.any(gjson.ParseBytes(text), nil)
	return r.items, nil
}

type reader struct {
	items []Item
	depth int // of the element that is read
}

// maxDepth is how deep elements nest; deeper ones are named, not read.
const maxDepth = 200

// any reads an element of an export, or a list of them.
func (r *reader) any(v gjson.Result, above []string) {
	r.depth++
	defer func() { r.depth-- }()
	if r.depth > maxDepth {
		r.skip(append(above[:len(above):len(above)], nameOf(v)), "element", "it lies too deep")
		return
	}
	if v.IsArray() {
		v.ForEach(func(_, e gjson.Result) bool { r.any(e, above); return true })
		return
	}
	kind := v.Get("type").String()
	path := append(above[:len(above):len(above)], nameOf(v))
	switch {
	case kind == "FolderSyncDefinition", kind == "Folder", strings.HasPrefix(kind, "MonitorsLibraryFolder"):
		v.Get("children").ForEach(func(_, e gjson.Result) bool { r.any(e, path); return true })
	case v.Get("search.queryText").Exists():
		r.search(v, path)
	case kind == "DashboardSyncDefinition", kind == "DashboardV2SyncDefinition", kind == "MewboardSyncDefinition", kind == "Report",
		kind == "" && v.Get("panels").IsArray(): // as the API answers
		r.dashboard(v, path)
	case strings.HasPrefix(kind, "MonitorsLibraryMonitor"):
		r.monitor(v, path)
	case strings.HasPrefix(kind, "Metrics"):
		r.metricsSearch(v, path)
	case kind == "LookupTableSyncDefinition":
		r.skip(path, "lookup table", "an export has its columns, not its rows; --lookup-table and --lookup-dir take these")
	case kind == "" && v.Get("data").IsArray(): // a page of a list of the API
		r.any(v.Get("data"), above)
	case kind == "" && v.Get("item").IsObject(): // of a search in the library of monitors
		r.any(v.Get("item"), above)
	case kind == "":
		r.skip(path, "an element without type", "it is none of an export")
	default:
		r.skip(path, kind, "queries of this type are not read")
	}
}

func nameOf(v gjson.Result) string {
	for _, key := range []string{"name", "title", "key"} {
		if name := strings.TrimSpace(v.Get(key).String()); name != "" {
			return name
		}
	}
	return "unnamed"
}

func (r *reader) skip(path []string, kind, why string) {
	r.items = append(r.items, Item{Path: path, Kind: kind, Skipped: why})
}

// query adds a query, unless it is empty.
func (r *reader) query(item Item) {
	if strings.TrimSpace(item.Query) == "" {
		item.Skipped = "its query is empty"
	}
	r.items = append(r.items, item)
}

func (r *reader) search(v gjson.Result, path []string) {
	item := Item{Path: path, Kind: "saved search", Description: v.Get("description").String(), Query: v.Get("search.queryText").String()}
	item.note("searched range", v.Get("search.defaultTimeRange").String())
	item.parameters(v.Get("search.queryParameters"), "name", "value")
	schedule := v.Get("searchSchedule")
	item.note("schedule", join(schedule.Get("scheduleType").String(), schedule.Get("cronExpression").String(), schedule.Get("timeZone").String()))
	if t := schedule.Get("threshold"); t.IsObject() {
		item.note("threshold", join(t.Get("thresholdType").String(), t.Get("operator").String(), t.Get("count").String()))
	}
	r.query(item)
}

func (r *reader) dashboard(v gjson.Result, path []string) {
	var about Item
	about.parameters(v.Get("variables"), "name", "defaultValue")
	about.parameters(v.Get("filters"), "fieldName", "defaultValue")
	before := len(r.items)
	r.panels(v.Get("panels"), path, about.Notes)
	if root := v.Get("rootPanel"); root.IsObject() {
		r.panels(root.Get("panels"), path, about.Notes)
	}
	if len(r.items) == before {
		r.skip(path, "dashboard", "none of its panels has a query")
	}
}

// panels reads the panels of a dashboard, and those within containers.
func (r *reader) panels(list gjson.Result, path, notes []string) {
	list.ForEach(func(_, p gjson.Result) bool {
		name := strings.TrimSpace(p.Get("title").String())
		if name == "" {
			name = nameOf(p)
		}
		at := append(path[:len(path):len(path)], name)
		if len(at) > maxDepth {
			r.skip(at, "panel", "it lies too deep")
			return true
		}
		if text := p.Get("queryString"); text.Exists() { // of the first kind of dashboards
			r.firstPanel(text.String(), p, at, notes)
		}
		queries := p.Get("queries").Array()
		for _, q := range queries {
			r.panelQuery(q, p, at, notes, len(queries) > 1)
		}
		if hasQueries := len(queries) > 0 || p.Get("queryString").Exists(); !hasQueries && !p.Get("panels").Exists() && p.Get("panelType").String() != "TextPanel" {
			r.skip(at, "panel", "it holds no query")
		}
		r.panels(p.Get("panels"), at, notes)
		return true
	})
}

// metricsSearch names a saved search of metrics, and takes the query of logs that its chart is laid over, if it has one.
func (r *reader) metricsSearch(v gjson.Result, path []string) {
	r.skip(path, "saved search", ofMetrics)
	if text := v.Get("logQuery").String(); strings.TrimSpace(text) != "" {
		r.query(Item{Path: append(path[:len(path):len(path)], "logs"), Kind: "saved search", Description: v.Get("description").String(), Query: text})
	}
}

const ofMetrics = "it is a query of metrics, not of logs"

// firstPanel reads a panel of the first kind of dashboards. It has a query of logs, or several of metrics.
func (r *reader) firstPanel(text string, panel gjson.Result, path, notes []string) {
	if len(panel.Get("metricsQueries").Array()) > 0 {
		r.skip(path, "panel", ofMetrics)
		if strings.TrimSpace(text) == "" {
			return
		}
	}
	item := Item{Path: path, Kind: "panel", Description: panel.Get("description").String(), Query: text, Notes: notes[:len(notes):len(notes)]}
	item.parameters(panel.Get("queryParameters"), "name", "value")
	r.query(item)
}

func (r *reader) panelQuery(q, panel gjson.Result, path, notes []string, several bool) {
	if key := q.Get("queryKey").String(); several && key != "" {
		path = append(path[:len(path):len(path)], key)
	}
	if kind := q.Get("queryType").String(); kind != "" && !strings.EqualFold(kind, "Logs") {
		r.skip(path, "panel", "it is a query of "+strings.ToLower(kind)+", not of logs")
		return
	}
	r.query(Item{Path: path, Kind: "panel", Description: panel.Get("description").String(), Query: q.Get("queryString").String(), Notes: notes})
}

func (r *reader) monitor(v gjson.Result, path []string) {
	if kind := v.Get("monitorType").String(); kind != "" && !strings.EqualFold(kind, "Logs") {
		r.skip(path, "monitor", "it watches "+strings.ToLower(kind)+", not logs")
		return
	}
	about := Item{Kind: "monitor", Description: v.Get("description").String()}
	v.Get("triggers").ForEach(func(_, t gjson.Result) bool {
		about.note("trigger", join(t.Get("triggerType").String(), t.Get("detectionMethod").String(), t.Get("field").String(),
			t.Get("thresholdType").String(), t.Get("threshold").String(), t.Get("timeRange").String()))
		return true
	})
	queries := v.Get("queries").Array()
	if len(queries) == 0 {
		r.skip(path, "monitor", "it has no query")
	}
	for _, q := range queries {
		item := about
		item.Path, item.Query = path, q.Get("query").String()
		if row := q.Get("rowId").String(); len(queries) > 1 && row != "" {
			item.Path = append(path[:len(path):len(path)], row)
		}
		r.query(item)
	}
}

// note adds a note, unless it is empty.
func (i *Item) note(what, text string) {
	if text != "" {
		i.Notes = append(i.Notes, what+": "+text)
	}
}

// parameters notes the defaults of parameters, which stand in queries as {{name}}.
func (i *Item) parameters(list gjson.Result, name, value string) {
	list.ForEach(func(_, p gjson.Result) bool {
		if n := p.Get(name).String(); n != "" {
			i.note("parameter "+n, p.Get(value).String())
		}
		return true
	})
}

// join joins the texts that are not empty.
func join(texts ...string) string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, ", ")
}
