package aks

import "strings"

// Match says where in a name a reserved word is refused.
type Match string

// The places where a word is refused.
const (
	MatchContains Match = "contains" // anywhere in the name
	MatchPrefix   Match = "prefix"   // at its start
	MatchWhole    Match = "whole"    // as the whole name
)

// ReservedWord is a word that Azure refuses in the name of a cluster, in any mix of cases.
type ReservedWord struct {
	Word   string `json:"word"` // in upper case
	Match  Match  `json:"match"`
	Source Source `json:"source"`
}

// Refuses reports whether the word makes Azure refuse the name.
func (w ReservedWord) Refuses(name string) bool {
	name = strings.ToUpper(name)
	switch w.Match {
	case MatchContains:
		return strings.Contains(name, w.Word)
	case MatchPrefix:
		return strings.HasPrefix(name, w.Word)
	}
	return name == w.Word
}

// partWords are refused in part of a name already. Azure Resource Manager refuses XBOX as the whole name, AKS at the
// start.
var partWords = [...]struct {
	word  string
	match Match
}{
	{"MICROSOFT", MatchContains}, {"WINDOWS", MatchContains}, {"LOGIN", MatchPrefix}, {"XBOX", MatchPrefix},
}

// wholeWords are refused as the whole name.
var wholeWords = [...]string{
	"ACCESS", "APP_CODE", "APP_THEMES", "APP_DATA", "APP_GLOBALRESOURCES", "APP_LOCALRESOURCES", "APP_WEBREFERENCES",
	"APP_BROWSERS", "AZURE", "BING", "BIZSPARK", "BIZTALK", "CORTANA", "DIRECTX", "DOTNET", "DYNAMICS", "EXCEL",
	"EXCHANGE",
	"FOREFRONT", "GROOVE", "HOLOLENS", "HYPERV", "KINECT", "LYNC", "MSDN", "O365", "OFFICE", "OFFICE365", "ONEDRIVE",
	"ONENOTE", "OUTLOOK", "POWERPOINT", "SHAREPOINT", "SKYPE", "VISIO", "VISUALSTUDIO", "WEB.CONFIG",
}

// ReservedWords returns the words that Azure refuses, those that may stand nowhere in a name first.
func ReservedWords() []ReservedWord {
	words := make([]ReservedWord, 0, len(partWords)+len(wholeWords))
	for _, w := range partWords {
		words = append(words, ReservedWord{w.word, w.match, at(PageErrorInvalidParameter, "2024-11-19")})
	}
	for _, w := range wholeWords {
		s := at(PageReservedWords, "2023-04-05")
		words = append(words, ReservedWord{w, MatchWhole, s})
	}
	return words
}

// ReservedWordIn returns the first reserved word that makes Azure refuse the name, and false if there is none.
func ReservedWordIn(name string) (ReservedWord, bool) {
	for _, w := range ReservedWords() {
		if w.Refuses(name) {
			return w, true
		}
	}
	return ReservedWord{}, false
}
