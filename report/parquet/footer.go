package parquet

// The numbers that the format's definition gives to what is written here.
// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
const (
	typeInt64     = 2
	typeDouble    = 5
	typeByteArray = 6
	optional      = 1
	utf8Converted = 0
	encodingPlain = 0
	encodingRLE   = 3
	codecZstd     = 6
	dataPage      = 0
)

var physical = map[Type]int64{String: typeByteArray, Int64: typeInt64, Double: typeDouble}

func pageHeader(rows, unpacked, packed int) []byte {
	var t thrift
	t.begin()
	t.i32(1, dataPage)
	t.i32(2, int64(unpacked))
	t.i32(3, int64(packed))
	t.structure(5, func() {
		t.i32(1, int64(rows))
		t.i32(2, encodingPlain)
		t.i32(3, encodingRLE)
		t.i32(4, encodingRLE)
	})
	t.end()
	return t.buf
}

// footer is the file's metadata: the schema, and where each row group's columns are.
func (w *Writer) footer() []byte {
	var t thrift
	rows := 0
	for _, g := range w.groups {
		rows += g.rows
	}
	t.begin()
	t.i32(1, 1) // version of the format
	t.list(2, thriftStruct, len(w.columns)+1)
	t.begin()
	t.text(4, "rows")
	t.i32(5, int64(len(w.columns)))
	t.end()
	for _, c := range w.columns {
		t.schema(c.Column)
	}
	t.i64(3, int64(rows))
	t.list(4, thriftStruct, len(w.groups))
	for _, g := range w.groups {
		w.group(&t, g)
	}
	t.text(6, "retrohunt")
	t.end()
	return t.buf
}

// schema writes a SchemaElement.
func (t *thrift) schema(c Column) {
	t.begin()
	t.i32(1, physical[c.Type])
	t.i32(3, optional)
	t.text(4, c.Name)
	if c.Type == String {
		t.i32(6, utf8Converted)
		t.structure(10, func() { t.structure(1, func() {}) }) // LogicalType.STRING
	}
	t.end()
}

// group writes a RowGroup.
func (w *Writer) group(t *thrift, g group) {
	var packed, unpacked int64
	t.begin()
	t.list(1, thriftStruct, len(g.chunks))
	for i, c := range g.chunks {
		packed += c.packed
		unpacked += c.unpacked
		t.begin()
		t.i64(2, c.offset)
		t.structure(3, func() { t.chunk(w.columns[i].Column, g.rows, c) })
		t.end()
	}
	t.i64(2, unpacked)
	t.i64(3, int64(g.rows))
	if len(g.chunks) > 0 {
		t.i64(5, g.chunks[0].offset)
	}
	t.i64(6, packed)
	t.end()
}

// chunk writes the fields of a ColumnMetaData.
func (t *thrift) chunk(c Column, rows int, at chunk) {
	t.i32(1, physical[c.Type])
	t.list(2, thriftI32, 2)
	t.varint(encodingPlain)
	t.varint(encodingRLE)
	t.list(3, thriftBinary, 1)
	t.bytes(c.Name)
	t.i32(4, codecZstd)
	t.i64(5, int64(rows))
	t.i64(6, at.unpacked)
	t.i64(7, at.packed)
	t.i64(9, at.offset)
}
