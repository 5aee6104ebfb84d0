package validate

import "github.com/aksnet/aksnet/aks"

// The ids of these rules are in package ledger too, which finds what they report: a test holds both to each other.

// ledgerRule returns a rule whose findings come from the ledger; its check reports them.
func ledgerRule(id, title string, severity Severity, explanation, fix string) *Rule {
	return &Rule{
		ID: id, Title: title, Severity: severity, Explanation: explanation, Fix: fix, Source: aks.PageLedger,
		Since: "v0.1.0", Check: checkProblems,
	}
}

var ledgerUnreadable = ledgerRule("LEDGER001", "not a ledger, or an entry that cannot be read", Error,
	"A ledger is a file that aksnet ledger writes. One that holds something else, or an entry that cannot be read, is "+
		"not changed: whatever is not understood would be lost, and its range given away.",
	"correct the entry as the message says, or name the ledger with --ledger")

var ledgerNewer = ledgerRule("LEDGER002", "ledger of a newer version", Error,
	"A newer aksnet wrote the ledger. This one does not know what the entries mean, and does not touch it.",
	"use a newer aksnet")

var ledgerHostBits = ledgerRule("LEDGER003", "ledger entry with host bits", Error,
	"The address of the prefix has bits set beyond its length, so it is unclear which range is meant.",
	"write the network address, or a longer prefix length")

var ledgerOverlap = ledgerRule("LEDGER004", "ledger entries overlap", Error,
	"Two holders have the same addresses. Only subnets in their network, and the pod and service CIDRs of different "+
		"clusters, may overlap. aksnet never writes such entries; somebody edited the ledger, or merged two of them.",
	"remove the entry of the one who gives up the range")

var ledgerExpired = ledgerRule("LEDGER005", "reservation has expired", Warning,
	"The range was reserved until a date and not committed. It is still held, because nobody knows whether it is in "+
		"use: a clock that is wrong must not give it to somebody else.",
	"run aksnet ledger commit if the range is deployed, or aksnet ledger release --expired if it is not")

var ledgerMissing = ledgerRule("LEDGER006", "range in use is not in the ledger", Error,
	"Azure has a network, subnet or cluster with this range, and the ledger does not. Its addresses would be "+
		"handed out.",
	"run aksnet ledger import with the same file")

var ledgerGone = ledgerRule("LEDGER007", "range in the ledger is no longer used", Warning,
	"The ledger holds a range for something that the spec or Azure no longer has. It stays held until somebody "+
		"releases it.",
	"run aksnet ledger release if the range is free, or restore what used it")

var ledgerTaken = ledgerRule("LEDGER008", "range is held by somebody else", Error,
	"The ledger gave the range to another holder. Two networks with the same addresses can never be connected.",
	"use another range, or agree with the holder and have it released")

var ledgerMoved = ledgerRule("LEDGER009", "range differs from the ledger", Error,
	"The ledger holds another range for the same network, subnet or cluster. The old one is in firewalls, routes and "+
		"people's heads, so a plan does not move it on its own.",
	"remove the new range from the spec, or run aksnet ledger release first if the range may move")
