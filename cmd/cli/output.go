package cli

import (
	"io"
	"os"
)

// fileOutput keeps the output of a command until it is complete.
type fileOutput struct {
	file   io.Writer
	chunks [][]byte
}

// chunkSize is the size from which a write of the command gets a chunk of its own.
const chunkSize = 1 << 20

// wholeOutput returns a writer for output that goes to a regular file; nil for other output, and when the same file
// also gets the messages, whose order would change.
func wholeOutput(s IO) *fileOutput {
	file, ok := s.Out.(*os.File)
	if !ok {
		return nil
	}
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	if messages, ok := s.Err.(*os.File); ok {
		if other, err := messages.Stat(); err == nil && os.SameFile(info, other) {
			return nil
		}
	}
	return &fileOutput{file: file}
}

// Write keeps the data.
func (o *fileOutput) Write(data []byte) (int, error) {
	last := len(o.chunks) - 1
	if last < 0 || len(o.chunks[last])+len(data) > cap(o.chunks[last]) {
		o.chunks = append(o.chunks, make([]byte, 0, max(len(data), min(chunkSize, 4096<<min(len(o.chunks), 8)))))
		last++
	}
	o.chunks[last] = append(o.chunks[last], data...)
	return len(data), nil
}

// flush writes what was kept.
func (o *fileOutput) flush() error {
	for _, chunk := range o.chunks {
		if _, err := o.file.Write(chunk); err != nil {
			return err
		}
	}
	o.chunks = nil
	return nil
}
