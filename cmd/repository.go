package cmd

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"github.com/aksnet/aksnet/spec"
)

// repositoryRoot returns the folder of the repository that the first file is in, else the folder of the file.
func repositoryRoot(files []string) string {
	dir := "."
	if len(files) > 0 && files[0] != spec.Stdin {
		dir = filepath.Dir(files[0])
	}
	if root, _ := repositoryOf(dir); root != "" {
		return root
	}
	return dir
}

// repositoryOf returns the working folder of the repository that a folder is in, and the folder with its settings.
// Neither runs git: the folder may be a stranger's.
func repositoryOf(dir string) (root, settings string) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", ""
	}
	for {
		git := filepath.Join(dir, ".git")
		if info, err := os.Stat(git); err == nil {
			if info.IsDir() {
				return dir, git
			}
			return dir, linkedSettings(git)
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return "", ""
		}
		dir = parent
	}
}

// linkedSettings returns the folder with the settings of a linked working folder, whose .git is a file.
func linkedSettings(file string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	dir, ok := strings.CutPrefix(strings.TrimSpace(string(text)), "gitdir: ")
	if !ok {
		return ""
	}
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(filepath.Dir(file), dir)
	}
	if common, err := os.ReadFile(filepath.Join(dir, "commondir")); err == nil {
		dir = filepath.Join(dir, strings.TrimSpace(string(common)))
	}
	return dir
}

// repositoryName names the repository that a folder is in by its remote origin: host and path, the same for all ways to
// reach it, without a user or a secret. It is empty without one.
func repositoryName(dir string) string {
	_, settings := repositoryOf(dir)
	if settings == "" {
		return ""
	}
	text, err := os.ReadFile(filepath.Join(settings, "config"))
	if err != nil {
		return ""
	}
	section := ""
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if strings.HasPrefix(line, "[") {
			section = line
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if ok && section == `[remote "origin"]` && strings.TrimSpace(key) == "url" {
			return remoteName(strings.Trim(strings.TrimSpace(value), `"`))
		}
	}
	return ""
}

// remoteName returns "host/path" of the address of a remote.
func remoteName(url string) string {
	_, rest, hasScheme := strings.Cut(url, "://")
	if !hasScheme {
		host, path, ok := strings.Cut(url, ":")
		if !ok || strings.Contains(host, "/") {
			return "" // a folder
		}
		rest = host + "/" + strings.TrimPrefix(path, "/")
	}
	host, path, _ := strings.Cut(rest, "/")
	host = host[strings.LastIndexByte(host, '@')+1:]
	if name, port, ok := strings.Cut(host, ":"); ok && port != "" {
		host = name
	}
	path = strings.TrimSuffix(strings.Trim(path, "/"), ".git")
	if host == "" || path == "" {
		return ""
	}
	if host == "ssh.dev.azure.com" { // v3/ORGANIZATION/PROJECT/REPOSITORY
		parts := strings.Split(path, "/")
		if len(parts) == 4 {
			host, path = "dev.azure.com", parts[1]+"/"+parts[2]+"/_git/"+parts[3]
		}
	}
	return strings.ToLower(host) + "/" + path
}
