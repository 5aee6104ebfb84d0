package report

import "io"

// WriteJSON writes a value indented by two spaces. It writes all characters that a terminal or a CI runner would
// interpret as \u escapes; encoding/json escapes only some of them. Members of a struct, and elements of their lists,
// are written one after another, so that the text of a large plan is never in memory as a whole.
func WriteJSON(w io.Writer, v any) error {
	members, ok := membersOf(v)
	if !ok {
		return encodeJSON(w, v, "")
	}
	s := newJSONStream(w)
	s.open('{')
	for _, m := range members {
		s.key(m.name)
		list, ok := m.elements()
		if !ok {
			s.value(m.value.Interface())
			continue
		}
		s.open('[')
		for _, e := range list {
			s.next()
			s.value(e)
		}
		s.close(']')
	}
	s.close('}')
	return s.end()
}
