package validate

import "github.com/aksnet/aksnet/spec"

// checkProblems reports the problems that the readers of specs and ledgers found.
func checkProblems(p *Pass) {
	for _, problem := range p.Spec.Problems {
		if problem.Rule == p.rule.ID {
			p.reportProblem(problem)
		}
	}
}

// reportProblem reports a problem at the position that its reader gave it.
func (p *Pass) reportProblem(problem spec.Problem) {
	p.reportAt(problem.Position, Finding{
		Path: problem.Path, Message: problem.Message, Edit: set(problem.Fix), shape: true,
	})
}
