package cmd

import (
	"slices"
	"strings"
	"unicode"

	"github.com/aksnet/aksnet/aks"
	"github.com/aksnet/aksnet/cmd/cli"
	"github.com/aksnet/aksnet/internal/english"
	"github.com/aksnet/aksnet/internal/report"
	"github.com/aksnet/aksnet/spec"
	"github.com/aksnet/aksnet/validate"
)

// modelWords returns the words by which models filters.
func modelWords() (out []cli.Described) {
	meaning := report.ModelWords()
	for _, c := range aks.Columns() {
		out = append(out, cli.Described{Word: string(c), Meaning: meaning[c]})
	}
	return out
}

// limitWords returns the topics by which limits filters.
func limitWords() (out []cli.Described) {
	counts := map[string]int{}
	first := map[string]string{}
	for _, l := range aks.Limits() {
		if counts[l.Topic]++; counts[l.Topic] == 1 {
			first[l.Topic] = l.Name
		}
	}
	for _, topic := range report.LimitTopics() {
		meaning := english.Count(counts[topic], "limit") + ", such as " + first[topic]
		out = append(out, cli.Described{Word: topic, Meaning: meaning})
	}
	return out
}

// changeWords returns the keys by which changes filters, those of one word with the path that they stand for.
func changeWords() (out []cli.Described) {
	path := ""
	for _, key := range report.ChangeKeys() {
		if strings.ContainsAny(key, ".[") {
			path = key
			out = append(out, cli.Described{Word: key})
			continue
		}
		out = append(out, cli.Described{Word: key, Meaning: path})
	}
	return out
}

// familyWords returns the families of rules.
func familyWords() (out []cli.Described) {
	for _, family := range validate.Families() {
		out = append(out, cli.Described{Word: family, Meaning: "rules about " + validate.FamilyTitle(family)})
	}
	return out
}

// ruleWords returns every word that names rules.
func ruleWords() []cli.Described {
	out := familyWords()
	for _, r := range validate.Rules() {
		out = append(out, cli.Described{Word: r.ID, Meaning: r.Title})
	}
	return out
}

// wordsOf returns the words without their meanings.
func wordsOf(list []cli.Described) []string {
	out := make([]string, len(list))
	for i, d := range list {
		out[i] = d.Word
	}
	return out
}

// notFound returns the error for words that nothing contains, what being the plural of what was looked through. It
// names the word of the texts that is nearest to one of them, and says what there is instead.
func notFound(what string, words, texts []string, instead string) error {
	all := vocabulary(texts)
	for _, w := range words {
		if near := spec.Nearest(w, all); near != "" && !strings.EqualFold(near, w) && !slices.Contains(all, w) {
			const message = "no %s contain %q; %s; did you mean %q?"
			return cli.Usagef(message, what, strings.Join(words, " "), instead, near)
		}
	}
	return cli.Usagef("no %s contain %q; %s", what, strings.Join(words, " "), instead)
}

// vocabulary returns the different words of texts, in lower case.
func vocabulary(texts []string) []string {
	var out []string
	for _, text := range texts {
		out = append(out, strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r)
		})...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
