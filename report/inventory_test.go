package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"retrohunt/engine/stream"
	"retrohunt/inventory"
	"retrohunt/normalize/mapping"
	"retrohunt/sources"
)

// march returns a moment of March 2026.
func march(day, hour int) time.Time { return time.Date(2026, 3, day, hour, 0, 0, 0, time.UTC) }

// inventories are sets of logs: none, a clean one, and one with everything that can be in logs, its names hostile.
var inventories = map[string]*inventory.Result{
	"empty": {},
	"clean": {Groups: []inventory.Group{
		{
			Category: "Windows/Security", Shape: mapping.WEC, Inner: mapping.WEC, Mapped: true,
			Extent: inventory.Extent{Events: 12_310, Bytes: 18_465_000, First: march(2, 8).UnixMilli(), Last: march(9, 17).UnixMilli()},
			Days:   inventory.Days{Count: 5, Gaps: []inventory.Gap{{From: march(4, 0), To: march(4, 0)}, {From: march(7, 0), To: march(8, 0)}}},
			Hosts:  inventory.Names{Count: 2, Events: 12_310, Top: []inventory.Top{{Name: "WS1627.corp.example.com", Events: 12_000}, {Name: "WS1163.corp.example.com", Events: 310}}},
			Kinds:  inventory.Names{Count: 2, Events: 12_310, Top: []inventory.Top{{Name: "4624", Events: 12_300}, {Name: "4688", Events: 10}}},
		},
		{
			Category: "AWS/CloudTrail", Shape: mapping.LookupEvents, Inner: mapping.CloudTrail,
			Extent: inventory.Extent{Events: 1, Bytes: 999, First: march(2, 8).UnixMilli(), Last: march(2, 8).UnixMilli()},
			Days:   inventory.Days{Count: 1},
			Kinds:  inventory.Names{Count: 1, Events: 1, Top: []inventory.Top{{Name: "ConsoleLogin", Events: 1}}},
		},
	}},
	"everything": {
		Groups: []inventory.Group{
			{
				Category: "Windows/\x1b[2J\u202e漢" + strings.Repeat("x", 100), Shape: mapping.SumoExport, Inner: mapping.NXLog, Mapped: true,
				Extent: inventory.Extent{Events: 1_000_000, Bytes: 1 << 40, Undated: 5, Local: 999, First: -11644473600000, Last: march(2, 8).UnixMilli()},
				Days:   inventory.Days{Count: 8, Gaps: manyGaps(7)},
				Hosts:  inventory.Names{Count: 100_000, More: true, Events: 999_999, Top: manyNames("h\x1b]0;t\a", 10)},
				Kinds:  inventory.Names{Count: 12, Events: 1_000, Top: manyNames("=cmd|' /C calc'!A", 10)},
			},
			{
				Category: "unknown", Extent: inventory.Extent{Events: 3, Bytes: 30, Undated: 3},
			},
			{
				Category: "AWS/CloudTrail", Shape: mapping.CloudTrail, Inner: mapping.CloudTrail,
				Extent: inventory.Extent{Events: 2, Bytes: 30, First: march(2, 8).UnixMilli(), Last: march(2, 8).UnixMilli()},
				Days:   inventory.Days{Count: 100_000, More: true},
			},
		},
		Others: &inventory.Extent{Events: 5_000, Bytes: 12_345, First: march(2, 8).UnixMilli(), Last: march(3, 8).UnixMilli()},
		Inputs: []inventory.Input{
			{Input: "a.zip!b\n\u202e.json", Category: "unknown", Extent: inventory.Extent{Events: 3, Bytes: 30, Undated: 3}},
			{Input: "\xff.json", Category: "AWS/CloudTrail", Shape: mapping.CloudTrail, Inner: mapping.CloudTrail, Extent: inventory.Extent{Events: 2, Bytes: 30, First: march(2, 8).UnixMilli(), Last: march(2, 8).UnixMilli()}},
		},
		Unkept: &inventory.Extent{Events: 7, Bytes: 70, Undated: 7},
		Fields: []inventory.Fields{
			{Category: "Windows/\x1b[2J", Events: 1_000_000, More: true, Names: []inventory.Top{
				{Name: "Channel", Events: 1_000_000}, {Name: "CommandLine", Events: 999_999}, {Name: "a.b[].c", Events: 1_500}, {Name: "x\x1b[31m\u202e", Events: 1},
			}},
			{Category: "unknown", Events: 3},
		},
	},
}

func manyGaps(n int) (gaps []inventory.Gap) {
	for i := range n {
		gaps = append(gaps, inventory.Gap{From: march(2*i+1, 0), To: march(2*i+1, 0)})
	}
	return gaps
}

func manyNames(name string, n int) (names []inventory.Top) {
	for i := range n {
		names = append(names, inventory.Top{Name: fmt.Sprint(name, i), Events: int64(1000 - i)})
	}
	return names
}

// unread is a coverage with what an inventory tells of it.
var unread = &stream.Coverage{
	Partial: true, Events: 1_005_012, Undated: 1, UndatedOut: true, Outside: 4, Duplicates: 2, Malformed: 2, Lost: 17, Elapsed: time.Second,
	First:   []stream.Malformed{{Input: "a\u202e.json", Line: 3, Offset: 77, Reason: "unterminated string"}},
	Damaged: []stream.Damage{{Input: "x.gz", Offset: 9, Err: "gzip: \x1b[31mchecksum"}},
	Skipped: []sources.Skip{{Name: "notes.md", Reason: `not JSON: it begins with "# Notes"`}},
}

func inventoryText(t *testing.T, name string, width int) string {
	t.Helper()
	var out bytes.Buffer
	if err := Inventory(&out, inventories[name], name == "everything", Options{Width: width}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestInventories(t *testing.T) {
	for name, inv := range inventories {
		t.Run(name, func(t *testing.T) {
			for _, width := range []int{0, 80, 140} {
				text := inventoryText(t, name, width)
				golden(t, fmt.Sprintf("inventory/%s.%d.txt", name, width), text)
				terminalSafe(t, "text", text)
			}
			var object bytes.Buffer
			c := unread
			if name == "empty" {
				c = &stream.Coverage{}
			}
			if err := InventoryJSON(&object, inv, c); err != nil {
				t.Fatal(err)
			}
			golden(t, "inventory/"+name+".json", object.String())
			terminalSafe(t, "json", object.String())
		})
	}
}

func TestNoLineOfAnInventoryIsWiderThanTheTerminal(t *testing.T) {
	for name := range inventories {
		for _, width := range []int{40, 79, 80, 140} {
			for l := range strings.Lines(inventoryText(t, name, width)) {
				if n := columnsOf(strings.TrimSuffix(l, "\n")); n > width {
					t.Errorf("%s: %d columns in a terminal of %d: %s", name, n, width, l)
				}
			}
		}
	}
}

func TestInventoryJSONIsOneLineWithoutNullLists(t *testing.T) {
	for name, inv := range inventories {
		var out bytes.Buffer
		if err := InventoryJSON(&out, inv, &stream.Coverage{}); err != nil {
			t.Fatal(err)
		}
		if !json.Valid(out.Bytes()) || strings.Count(out.String(), "\n") != 1 {
			t.Errorf("%s: not one line of JSON: %q", name, out.String())
		}
		if strings.Contains(strings.NewReplacer(`"first":null,"last":null`, "").Replace(out.String()), "null") {
			t.Errorf("%s: a null: %s", name, out.String())
		}
	}
}

func TestInventoryReportsAWriterThatFails(t *testing.T) {
	if Inventory(brokenPipe{}, inventories["clean"], false, Options{}) == nil {
		t.Error("text: no error")
	}
	if InventoryJSON(brokenPipe{}, inventories["clean"], &stream.Coverage{}) == nil {
		t.Error("json: no error")
	}
}

func TestShareIsRoundedDown(t *testing.T) {
	for _, c := range []struct {
		n, of int64
		want  string
	}{{1, 1, "100 %"}, {999_999, 1_000_000, "99.9 %"}, {1, 3, "33.3 %"}, {1, 1_000, "0.1 %"}, {1, 1_001, "< 0.1 %"}, {5, 100, "5.0 %"}} {
		if got := shareText(c.n, c.of); got != c.want {
			t.Errorf("%d of %d is %s, want %s", c.n, c.of, got, c.want)
		}
	}
}
