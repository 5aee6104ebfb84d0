package aks

import (
	"slices"
	"strings"
)

// ErrorCode is one answer of Azure: how it reads, what it means and what to do about it. Several rows share a code that
// Azure uses for several causes; rows without a code are texts that come without one.
//
// Shapes and Told hold placeholders of the form ‹name:kind›. The kinds are n (a number), cidr, cidrs (a list), ip, id
// (a resource ID or the rest of a path), name (one word), version and text (anything, as short as possible). Everything
// else in a shape is literal; it is compared without regard to case and to the kind and amount of white space.
type ErrorCode struct {
	Code string `json:"code,omitempty"`
	// From names the reporter where it is not Azure Resource Manager, such as "event of a Service".
	From string `json:"from,omitempty"`
	// Shapes are the texts that Azure is known to send; none for codes whose text nobody has recorded.
	Shapes []string `json:"shapes,omitempty"`
	// Target is the property that Azure blames.
	Target string `json:"target,omitempty"`
	// Means says what happened, in a sentence.
	Means string `json:"means"`
	// Told is Means with the values of the shapes; empty where the text has no values worth repeating. A part in braces is
	// left out when the text does not have its value.
	Told string `json:"told,omitempty"`
	// WayOut is the smallest change that helps.
	WayOut string `json:"wayOut"`
	// WayOutTold is WayOut with values of the shapes, and with what follows from them: ‹prefix› and ‹podPrefix› hold
	// ‹needs› addresses in a subnet and in a pod CIDR, ‹moreIPs› and ‹fewerPorts› serve ‹nodes›.
	WayOutTold string `json:"wayOutTold,omitempty"`
	// Outer marks an answer that only carries another one: it is left out where the text holds that other answer.
	Outer bool `json:"-"`
	// Rules are the ids of the rules of aksnet validate that find the mistake before Azure does; none where a spec does
	// not show it.
	Rules  []string `json:"rules,omitempty"`
	Source Source   `json:"source"`
}

// ErrorCodes returns every known answer of Azure: addresses first, then subnets, egress, clusters, what is not from
// Azure Resource Manager, and the codes that are known by name only.
func ErrorCodes() []ErrorCode {
	var all []ErrorCode
	for _, rows := range [][]ErrorCode{
		addressErrors(), rangeErrors(), peeringErrors(),
		subnetErrors(), tenantErrors(), permissionErrors(), zoneErrors(), routeErrors(),
		natErrors(), portErrors(),
		bootstrapErrors(), quotaErrors(), versionErrors(), modelErrors(), nameErrors(), capacityErrors(), deletionErrors(),
		eventErrors(),
		listedErrors(),
	} {
		all = append(all, rows...)
	}
	return all
}

// Codes returns every code of the table once, in its order.
func Codes() []string {
	var out []string
	for _, e := range ErrorCodes() {
		if e.Code != "" && !slices.Contains(out, e.Code) {
			out = append(out, e.Code)
		}
	}
	return out
}

// ErrorCodesOf returns the rows of a code, compared without regard to case; none if the table does not have it.
func ErrorCodesOf(code string) []ErrorCode {
	var out []ErrorCode
	for _, e := range ErrorCodes() {
		if e.Code != "" && strings.EqualFold(e.Code, code) {
			out = append(out, e)
		}
	}
	return out
}

// ErrorCodeOf returns the first row of a code, compared without regard to case, and false if the table has none.
func ErrorCodeOf(code string) (ErrorCode, bool) {
	rows := ErrorCodesOf(code)
	if len(rows) == 0 {
		return ErrorCode{}, false
	}
	return rows[0], true
}

// errorPage returns the source for a page of Microsoft's troubleshooting articles on error codes.
func errorPage(url, text string) Source { return at(url, text).readOn(readErrors) }

// seen returns the source for a public issue or pull request that shows an answer.
func seen(issue string) Source { return told(github + issue).readOn(readErrors) }

// readErrors is the day on which the tables of error codes were read.
const readErrors = "2026-11-28"
