package rows

import "container/heap"

// merger merges runs: a heap of cursors by the row that each stands at.
type merger struct {
	compare Compare
	heads   []head
}

// head is a cursor and its row; runs are numbered in the order in which they were written.
type head struct {
	row    Row
	cursor cursor
	number int
}

// add adds a run.
func (m *merger) add(c cursor) {
	if row := c.next(); row != nil {
		heap.Push(m, head{row, c, m.Len()})
	}
}

// next returns the next row of all, nil behind the last.
func (m *merger) next() Row {
	if len(m.heads) == 0 {
		return nil
	}
	first := &m.heads[0]
	row := first.row
	if first.row = first.cursor.next(); first.row != nil {
		heap.Fix(m, 0)
	} else {
		heap.Pop(m)
	}
	return row
}

func (m *merger) Len() int      { return len(m.heads) }
func (m *merger) Swap(i, j int) { m.heads[i], m.heads[j] = m.heads[j], m.heads[i] }
func (m *merger) Push(x any)    { m.heads = append(m.heads, x.(head)) }

func (m *merger) Less(i, j int) bool {
	if order := m.compare(m.heads[i].row, m.heads[j].row); order != 0 {
		return order < 0
	}
	return m.heads[i].number < m.heads[j].number
}

func (m *merger) Pop() any {
	last := m.heads[len(m.heads)-1]
	m.heads = m.heads[:len(m.heads)-1]
	return last
}
