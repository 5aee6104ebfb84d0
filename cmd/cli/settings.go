package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"github.com/aksnet/aksnet/spec"
)

// ApplySettings sets the flags that the command line does not set from the tool's settings: AKSNET_… variables, then
// the configuration file. A setting has the name of its flag: AKSNET_FAIL_ON and fail-on stand for --fail-on. It calls
// allFlags for the names of the flags of all commands, to tell a setting of another command from a mistake.
func ApplySettings(c *cobra.Command, allFlags func() []string) error {
	v := viper.New()
	v.SetEnvPrefix("aksnet")
	v.SetEnvKeyReplacer(strings.NewReplacer("-", "_"))
	if err := readConfig(v, c, allFlags); err != nil {
		return err
	}
	var bad error
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Changed || f.Name == "config" || f.Name == "help" || bad != nil {
			return
		}
		if err := v.BindEnv(f.Name); err != nil || !v.IsSet(f.Name) {
			return
		}
		if err := cmp.Or(c.Flags().SetAnnotation(f.Name, bySetting, nil), set(f, v.Get(f.Name))); err != nil {
			variable := "AKSNET_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
			bad = Usagef("setting %s (from %s or the configuration file): %w", f.Name, variable, err)
		}
	})
	return bad
}

// settingText returns a value of a setting as text for a flag. A large number of a file keeps all its digits.
func settingText(value any) string {
	if n, ok := value.(float64); ok {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return fmt.Sprint(value)
}

// set sets a flag to a value, or to a list of values if the flag may be repeated.
func set(f *pflag.Flag, value any) error {
	switch value := value.(type) {
	case []any:
		flag, ok := f.Value.(pflag.SliceValue)
		if !ok {
			return errors.New("expected a single value, not a list")
		}
		values := make([]string, len(value))
		for i, v := range value {
			values[i] = settingText(v)
		}
		return flag.Replace(values)
	case map[string]any:
		return errors.New("expected a single value, not keys and values")
	}
	return f.Value.Set(settingText(value))
}

// readConfig reads the file named by --config or AKSNET_CONFIG, which must exist, or else the user's own, which need
// not exist.
func readConfig(v *viper.Viper, c *cobra.Command, allFlags func() []string) error {
	named, _ := c.Flags().GetString("config")
	if named == "" {
		named = os.Getenv("AKSNET_CONFIG")
	}
	file := named
	if file == "" {
		dir, err := os.UserConfigDir()
		if err != nil {
			return nil
		}
		file = filepath.Join(dir, "aksnet", "config.yaml")
	}
	switch _, err := os.Stat(file); {
	case named == "" && errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("reading settings: %w", err)
	}
	v.SetConfigFile(file)
	switch filepath.Ext(file) {
	case ".yaml", ".yml", ".json", ".toml":
	case "":
		v.SetConfigType("yaml")
	default:
		return Usagef("cannot read settings from %s: the name of the file must end in .yaml, .json or .toml", file)
	}
	if err := v.ReadInConfig(); err != nil {
		return fmt.Errorf("reading settings from %s: %w", file, err)
	}
	return checkSettings(v, c, file, allFlags)
}

// checkSettings refuses keys of the configuration file that are not a flag of any command: they would be ignored
// silently.
func checkSettings(v *viper.Viper, c *cobra.Command, file string, allFlags func() []string) error {
	var all []string // filled when this command has no such flag
	for _, key := range v.AllKeys() {
		if top, _, nested := strings.Cut(key, "."); nested && c.Flags().Lookup(top) != nil {
			continue // set reports what is wrong with it
		}
		if c.Flags().Lookup(key) != nil {
			continue
		}
		if all == nil {
			all = allFlags()
		}
		if slices.Contains(all, key) {
			continue
		}
		if near := spec.Nearest(key, all); near != "" {
			return Usagef("%s: unknown setting %q, did you mean %q?", file, key, near)
		}
		return Usagef("%s: unknown setting %q; a setting has the name of its flag, such as fail-on", file, key)
	}
	return nil
}
