//go:build !amd64 || purego

package inflate

func (r *Reader) fast() outcome { return r.fastGo() }
