package normalize

import "testing"

func TestEventInXML(t *testing.T) {
	const data = `<EventData xmlns="x"><Data Name="A">1</Data><Data Name="B">2 &amp; 3</Data></EventData>`
	cases := []struct{ name, text, want string }{
		{"an event", `<Event><System><EventID>1</EventID></System>` + data + `</Event>`, `{"EventID":1,"A":"1","B":"2 & 3"}`},
		{"data alone", data, `{"A":"1","B":"2 & 3"}`},
		{"data in an item", `<DataItem type="System.XmlData">` + data + `</DataItem>`, `{"A":"1","B":"2 & 3"}`},
		{"cut in a text", `<Event><EventData><Data Name="A">1</Data><Data Name="B">az log`, `{"A":"1","B":"az log"}`},
		{"cut in an entity", `<Event><EventData><Data Name="A">1</Data><Data Name="B">az &am`, `{"A":"1","B":"az "}`},
		{"cut in a tag", `<Event><EventData><Data Name="A">1</Data><Data Na`, `{"A":"1"}`},
		{"cut in an end tag", `<Event><EventData><Data Name="A">1</Da`, `{"A":"1"}`},
		{"cut between", `<Event><EventData><Data Name="A">1</Data>`, `{"A":"1"}`},
		{"cut behind an empty datum", `<Event><EventData><Data Name="A">1</Data><Data Name="B"/>`, `{"A":"1","B":""}`},
		{"cut behind the data", `<Event>` + data + `</Eve`, `{"A":"1","B":"2 & 3"}`},
		{"cut in the first tag", `<Event><EventDa`, ""},
		{"cut before the data", `<Event><System><EventID>1</EventID>`, ""},
		{"another element", `<Events/>`, ""},
		{"no XML", `Event`, ""},
		{"nothing", ``, ""},
	}
	n := New(&Projection{}, Options{})
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, ok := n.appendXML([]byte("dst"), []byte(c.text))
			if ok != (c.want != "") || string(got) != "dst"+c.want {
				t.Errorf("%s, %v, want %s", got, ok, c.want)
			}
		})
	}
}
