package filekind

import "bytes"

// Magic numbers: https://www.iana.org/assignments/media-types (zip, gzip, pdf), and the formats' own descriptions
// (read 2026-11-29).

// binaries returns the kinds that are not text.
func binaries() []entry {
	return []entry{
		{Empty, "an empty file", adviceStart, func(s *sample) bool { return len(bytes.TrimSpace(s.head)) == 0 }},
		{UTF16, "UTF-16 text", "save it as UTF-8; in PowerShell: Out-File -Encoding utf8", (*sample).isUTF16},
		{"pdf", "a PDF document", adviceStart, starts("%PDF-")},
		{"xlsx", "an Excel workbook", "aksnet does not read workbooks: " + adviceStart, zipWith("xl/workbook")},
		{"docx", "a Word document", adviceStart, zipWith("word/document")},
		{
			"terraform-plan-file", "a saved Terraform plan", adviceRender, zipWith("tfplan"),
		},
		{"zip", "a zip archive", "unpack it, and pass the spec in it", starts("PK\x03\x04", "PK\x05\x06")},
		{
			"archive", "a compressed file", "unpack it, and pass the spec in it",
			starts("\x1f\x8b", "BZh", "\xfd7zXZ\x00", "\x28\xb5\x2f\xfd", "7z\xbc\xaf\x27\x1c"),
		},
		{
			"tar", "a tar archive", "unpack it, and pass the spec in it",
			func(s *sample) bool { return len(s.head) > 262 && string(s.head[257:262]) == "ustar" },
		},
		{"ole", "a document of an old Microsoft Office", adviceStart, starts("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")},
		{"image", "an image", adviceStart, starts("\x89PNG\r\n", "\xff\xd8\xff", "GIF87a", "GIF89a")},
		{
			"program", "a program", "pass the spec", starts("\x7fELF", "MZ\x90\x00", "\xcf\xfa\xed\xfe",
				"\xca\xfe\xba\xbe", "\x00asm"),
		},
		{"sqlite", "an SQLite database", adviceStart, starts("SQLite format 3\x00")},
	}
}

// starts returns a recogniser of files that start with one of the texts.
func starts(texts ...string) func(*sample) bool {
	return func(s *sample) bool {
		for _, t := range texts {
			if bytes.HasPrefix(s.head, []byte(t)) {
				return true
			}
		}
		return false
	}
}

// zipWith returns a recogniser of zip archives with a file whose name starts with a text.
func zipWith(name string) func(*sample) bool {
	return func(s *sample) bool {
		return bytes.HasPrefix(s.head, []byte("PK\x03\x04")) &&
			(bytes.Contains(s.head, []byte(name)) || bytes.Contains(s.tail, []byte(name)))
	}
}

// isUTF16 reports whether the text has the byte order mark of UTF-16, or a zero as every other of its first bytes.
func (s *sample) isUTF16() bool {
	if bytes.HasPrefix(s.head, []byte("\xff\xfe")) || bytes.HasPrefix(s.head, []byte("\xfe\xff")) {
		return true
	}
	const pairs = 4
	if len(s.head) < 2*pairs {
		return false
	}
	for first := range 2 {
		if alternates(s.head[:2*pairs], first) {
			return true
		}
	}
	return false
}

// alternates reports whether the bytes of data at first, first+2, … are zero and the others are ASCII text.
func alternates(data []byte, first int) bool {
	for i, b := range data {
		if zero := i%2 == first; zero != (b == 0) || b >= 0x80 {
			return false
		}
	}
	return true
}
