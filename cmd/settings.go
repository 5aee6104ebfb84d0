package cmd

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

// applySettings gives flags that the user did not set the value of the tool's settings: AKSNET_… variables, then the
// configuration file. A setting has the name of its flag: AKSNET_FAIL_ON and fail-on stand for --fail-on.
func applySettings(c *cobra.Command) error {
	v := viper.New()
	v.SetEnvPrefix("aksnet")
	v.SetEnvKeyReplacer(strings.NewReplacer("-", "_"))
	if err := readConfig(v, c); err != nil {
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
			bad = usagef("setting %s (from AKSNET_%s or the configuration file): %w", f.Name, strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_")), err)
		}
	})
	return bad
}

// bySetting marks a flag that a setting has given its value.
const bySetting = "aksnet_setting"

// given reports whether a flag has its value from the user: from the command line or a setting.
func given(c *cobra.Command, flag string) bool {
	f := c.Flags().Lookup(flag)
	_, setting := f.Annotations[bySetting]
	return f.Changed || setting
}

// settingText is a value of a setting as a flag reads it: a number of a file may be large.
func settingText(value any) string {
	if n, ok := value.(float64); ok {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	return fmt.Sprint(value)
}

// set gives a flag a value, or a list of them where the flag may be repeated.
func set(f *pflag.Flag, value any) error {
	switch value := value.(type) {
	case []any:
		flag, ok := f.Value.(pflag.SliceValue)
		if !ok {
			return errors.New("a single value is wanted, not a list")
		}
		values := make([]string, len(value))
		for i, v := range value {
			values[i] = settingText(v)
		}
		return flag.Replace(values)
	case map[string]any:
		return errors.New("a single value is wanted, not keys and values")
	}
	return f.Value.Set(settingText(value))
}

// readConfig reads the file that --config or AKSNET_CONFIG names, which must exist, or the user's own, which need not.
func readConfig(v *viper.Viper, c *cobra.Command) error {
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
		return usagef("settings are read from files ending in .yaml, .json or .toml, not from %s", file)
	}
	if err := v.ReadInConfig(); err != nil {
		return fmt.Errorf("reading settings from %s: %w", file, err)
	}
	return knownSettings(v, c, file)
}

// knownSettings refuses keys of the configuration file that are no flag of any command: they would be ignored without a word.
func knownSettings(v *viper.Viper, c *cobra.Command, file string) error {
	var all []string // of all commands: made when this one has no such flag
	for _, key := range v.AllKeys() {
		if top, _, nested := strings.Cut(key, "."); nested && c.Flags().Lookup(top) != nil {
			continue // set says what is wrong with it
		}
		if c.Flags().Lookup(key) != nil {
			continue
		}
		if all == nil {
			all = everyFlag(newRoot(IO{}, nil))
		}
		if slices.Contains(all, key) {
			continue
		}
		if near := spec.Nearest(key, all); near != "" {
			return usagef("%s: unknown setting %q, did you mean %q?", file, key, near)
		}
		return usagef("%s: unknown setting %q: a setting is called as the flag that it stands for, such as fail-on", file, key)
	}
	return nil
}

// everyFlag is the names of the flags of a command and of all below it.
func everyFlag(c *cobra.Command) []string {
	names := flagNames(c)
	for _, sub := range c.Commands() {
		names = append(names, everyFlag(sub)...)
	}
	return names
}
