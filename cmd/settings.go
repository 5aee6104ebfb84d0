package cmd

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"
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
		if err := set(f, v.Get(f.Name)); err != nil {
			bad = usagef("setting %s (from AKSNET_%s or the configuration file): %w", f.Name, strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_")), err)
		}
	})
	return bad
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
			values[i] = fmt.Sprint(v)
		}
		return flag.Replace(values)
	case map[string]any:
		return errors.New("a single value is wanted, not keys and values")
	}
	return f.Value.Set(fmt.Sprint(value))
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
	return nil
}
