package mapping

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestSources(t *testing.T) {
	cases := []struct {
		shape Shape
		name  string
		want  []Source
	}{
		{NXLog, "commandline", nil},
		{NXLog, "command_line", plain("commandline")},
		{CloudTrail, "eventname", nil},
		{EventBridge, "eventname", plain("detail.eventname")},
		{SumoWindows, "subjectusername", []Source{{Name: "eventdata.subjectusername"}, {Name: "userdata.*.subjectusername"}, {Name: ".subjectusername", Inside: "eventdata"}}},
		{SumoWindows, "eventdata.subjectusername", []Source{
			{Name: "subjectusername"},
			{Name: "eventdata.eventdata.subjectusername"},
			{Name: "userdata.*.eventdata.subjectusername"},
			{Name: "userdata.*.subjectusername"},
			{Name: ".eventdata.subjectusername", Inside: "eventdata"},
			{Name: ".subjectusername", Inside: "eventdata"},
		}},
		{EvtxDump, "provider", []Source{
			{Name: "event.system.provider.#attributes.name"},
			{Name: "event.eventdata.provider"},
			{Name: "event.eventdata.sourcename"},
			{Name: "event.eventdata.providername"},
			{Name: "event.userdata.*.provider"},
			{Name: "event.userdata.*.sourcename"},
			{Name: "event.userdata.*.providername"},
		}},
		{Graph, "properties.ipaddress", plain("ipaddress")},
		{LogAnalyticsAzure, "properties.status.errorcode", []Source{
			{Name: "status.errorcode"},
			{Name: ".errorcode", Inside: "status"},
			{Name: ".errorcode", Inside: "status_dynamic"},
			{Name: ".errorcode", Inside: "status_string"},
			{Name: "resulttype"},
		}},
		{AzureSDK, "properties.networklocationdetails[0].networktype", plain("network_location_details[0].network_type", "networklocationdetails[0].networktype")},
	}
	for _, c := range cases {
		t.Run(c.shape.String()+"/"+c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, c.shape.Sources(c.name), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestShapesAreComplete: each shape has a name of its own and times to read, and its sources are names as events have them.
func TestShapesAreComplete(t *testing.T) {
	names := map[string]bool{}
	for s := range Shapes {
		if s.String() == "" || names[s.String()] {
			t.Errorf("shape %d is called %q", s, s)
		}
		names[s.String()] = true
		if len(timesOf[s]) == 0 {
			t.Errorf("%v has no times", s)
		}
		for _, name := range []string{"commandline", "eventid", "properties.status.errorcode", "eventname"} {
			for _, source := range s.Sources(name) {
				if source == (Source{Name: name}) {
					t.Errorf("%v looks for %s under that name", s, name)
				}
				if source.Name != strings.ToLower(source.Name) || (source.Inside == "") == strings.ContainsRune(".[", rune(source.Name[0])) {
					t.Errorf("%v looks for %s in %+v", s, name, source)
				}
			}
		}
	}
	if CloudTrail.Maps() || !NXLog.Maps() {
		t.Error("CloudTrail has the names that queries use, NXLog's has others too")
	}
	for i, key := range append(slices.Clone(Keys[:]), TimeKeys...) {
		if key == "" || key != strings.ToLower(key) {
			t.Errorf("key %d is %q", i, key)
		}
	}
}
