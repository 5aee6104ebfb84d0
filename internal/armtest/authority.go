package armtest

import (
	"encoding/json"
	"net/http"
	"strings"
)

// authority answers what needs no token: the endpoints of the cloud, and the sign-in of a service principal with a
// secret.
// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow (read 2026-11-22)
func (s *Server) authority(w http.ResponseWriter, r *http.Request) bool {
	path := r.URL.Path
	tenant, discovery := strings.CutSuffix(path, "/.well-known/openid-configuration")
	switch {
	case path == "/metadata/endpoints":
		// https://learn.microsoft.com/cli/azure/cloud (read 2026-11-24)
		send(w, http.StatusOK, map[string]any{
			"galleryEndpoint": s.URL, "graphEndpoint": s.URL, "portalEndpoint": s.URL,
			"authentication": map[string]any{
				"loginEndpoint": s.URL,
				"audiences":     []string{"https://management.azure.com"},
			},
		})
	case discovery:
		tenant = s.URL + strings.TrimSuffix(tenant, "/v2.0")
		send(w, http.StatusOK, map[string]any{
			"authorization_endpoint": tenant + "/oauth2/v2.0/authorize",
			"token_endpoint":         tenant + "/oauth2/v2.0/token",
			"issuer":                 tenant + "/v2.0",
		})
	case strings.HasSuffix(path, "/oauth2/v2.0/token"):
		if err := r.ParseForm(); err != nil || r.PostForm.Get("client_secret") != s.secret {
			// The real service does not repeat the secret; this one does, to see that the client keeps it.
			send(w, http.StatusUnauthorized,
				map[string]any{
					"error": "invalid_client",
					"error_description": "AADSTS7000215: Invalid client secret provided: " + r.PostForm.Get(
						"client_secret",
					),
				})
			return true
		}
		send(w, http.StatusOK, map[string]any{
			"token_type": "Bearer", "expires_in": 3599, "ext_expires_in": 3599, "access_token": Token,
		})
	default:
		return false
	}
	return true
}

func send(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
