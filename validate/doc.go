// Package validate says what is wrong with a plan: what Azure would refuse, and what would break later.
//
// The catalogue is a list of rules, see Rules. Each is one literal with its check below it; Run runs the checks over a
// plan and returns findings in the order of the spec. A finding is about the user's network, never about the tool: Run
// cannot fail.
package validate
