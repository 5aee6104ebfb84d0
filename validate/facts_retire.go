package validate

import "github.com/aksnet/aksnet/aks"

// retirementPage returns the page that announces a retirement.
func retirementPage(id string) string {
	r, _ := aks.RetirementByID(id)
	return r.Source.URL
}
