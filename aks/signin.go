package aks

import (
	"regexp"
	"sync"
)

// ManagedIdentityHost is the address at which a virtual machine asks for the token of its managed identity.
// https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token (read 2026-11-29)
const ManagedIdentityHost = "169.254.169.254"

// SignInError is a reason why Microsoft Entra issues no token.
type SignInError struct {
	// Codes are Entra's codes, such as AADSTS700082.
	Codes []string
	// What is wrong, and the Fix as an instruction.
	What, Fix string
}

// signInErrors returns the reasons that tools meet which sign in without a browser.
// [PageSignInErrors] (read 2026-11-29)
func signInErrors() []SignInError {
	return []SignInError{
		{
			[]string{
				"AADSTS700082",
				"AADSTS70043",
				"AADSTS70008",
				"AADSTS50173",
				"AADSTS50132",
				"AADSTS50133",
				"AADSTS50089",
			},
			"the session of az has expired", "run az login",
		},
		{
			[]string{
				"AADSTS50076", "AADSTS50079", "AADSTS50078", "AADSTS50072", "AADSTS50074", "AADSTS50158", "AADSTS50058",
				"AADSTS65001", "AADSTS16000",
			},
			"Azure wants you to sign in again, for example with a second factor", "run az login",
		},
		{
			[]string{"AADSTS53000", "AADSTS53001", "AADSTS53003", "AADSTS530035", "AADSTS53004", "AADSTS53011"},
			"a Conditional Access policy blocks this sign-in", "ask the administrator of the tenant",
		},
		{
			[]string{"AADSTS90002", "AADSTS900023", "AADSTS900021"},
			"the tenant does not exist in this cloud", "check AZURE_TENANT_ID and --cloud",
		},
		{
			[]string{"AADSTS700016", "AADSTS700011", "AADSTS7000229"},
			"the application is not in this tenant", "check AZURE_CLIENT_ID, AZURE_TENANT_ID and --cloud",
		},
		{
			[]string{"AADSTS50020", "AADSTS50034", "AADSTS51004", "AADSTS50014", "AADSTS500213", "AADSTS500212"},
			"the account is not in this tenant", "run az login --tenant with the tenant of the subscription",
		},
		{
			[]string{"AADSTS500011", "AADSTS50001", "AADSTS1000104", "AADSTS900382"},
			"the tenant does not know this cloud's Azure Resource Manager: tenant and cloud do not match",
			"check --cloud, and run az cloud set and az login for that cloud",
		},
		{
			[]string{"AADSTS7000215", "AADSTS7000216", "AADSTS70002"},
			"the secret of the application is wrong",
			"set AZURE_CLIENT_SECRET to the value of the secret, not to its id",
		},
		{
			[]string{"AADSTS7000222"},
			"the secret of the application has expired", "create a new one and set AZURE_CLIENT_SECRET",
		},
		{
			[]string{"AADSTS700027", "AADSTS50012", "AADSTS1000502"},
			"the certificate of the application does not match or has expired", "check AZURE_CLIENT_CERTIFICATE_PATH",
		},
		{
			[]string{"AADSTS700211", "AADSTS700212", "AADSTS700213", "AADSTS70021", "AADSTS700024"},
			"the federated credential does not match the token of the pipeline",
			"check issuer, subject and audience of the federated credential",
		},
		{
			[]string{"AADSTS50126", "AADSTS50055", "AADSTS50056", "AADSTS50053", "AADSTS50057"},
			"the account cannot sign in: its password is wrong or has expired, or it is locked", "run az login",
		},
	}
}

var signInCode = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`AADSTS\d+`) })

// SignInErrorIn returns Entra's first code in a text, and what it means. The code is empty if there is none, and the
// reason is the zero value if the code is not a known one.
func SignInErrorIn(text string) (code string, reason SignInError) {
	for _, found := range signInCode().FindAllString(text, -1) {
		for _, e := range signInErrors() {
			for _, c := range e.Codes {
				if c == found {
					return c, e
				}
			}
		}
		if code == "" {
			code = found
		}
	}
	return code, SignInError{}
}
