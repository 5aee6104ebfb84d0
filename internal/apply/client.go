package apply

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/arm"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"
)

const (
	defaultPoll    = 5 * time.Second
	defaultRetries = 6
	// maxRetryDelay is the longest Retry-After that the client honours. Azure asks for up to five minutes; the SDK
	// gives up immediately above the limit.
	// https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling (read 2026-11-22)
	maxRetryDelay = 10 * time.Minute
	// tryTimeout cancels a request that hangs.
	tryTimeout = 2 * time.Minute
)

// Client reads and writes resources by id, as JSON. It uses the SDK's pipeline (sign-in, retries, logging without
// secrets) and its pollers.
type Client struct {
	pipeline runtime.Pipeline
	endpoint string
	poll     time.Duration
}

// NewClient returns a client. It does not contact Azure.
func NewClient(o Options) (*Client, error) {
	config, err := o.configuration()
	if err != nil {
		return nil, err
	}
	transport, err := o.transport()
	if err != nil {
		return nil, err
	}
	authority := hostOf(config.ActiveDirectoryAuthorityHost)
	reach := newReacher(transport, o.Notice, hostOf(config.Services[cloud.ResourceManager].Endpoint), authority)
	poll := o.PollInterval
	if poll <= 0 {
		poll = defaultPoll
	}
	base := policy.ClientOptions{
		Cloud: config, Transport: reach, Retry: retryOptions(o.Retries, poll),
		Telemetry: policy.TelemetryOptions{ApplicationID: "aksnet"},
	}
	cred, err := o.credential(base)
	if err != nil {
		return nil, err
	}
	endpoint := config.Services[cloud.ResourceManager].Endpoint
	base.InsecureAllowCredentialWithHTTP = strings.HasPrefix(endpoint, "http://")
	// Registering a resource provider is left to the user: nothing changes that was not shown.
	c, err := arm.NewClient(
		"aksnet",
		"v0.1.0",
		explaining{cred, reach, authority},
		&arm.ClientOptions{ClientOptions: base, DisableRPRegistration: true},
	)
	if err != nil {
		return nil, fmt.Errorf("creating the Azure client: %w", Redact(err))
	}
	return &Client{pipeline: c.Pipeline(), endpoint: c.Endpoint(), poll: poll}, nil
}

// retryOptions returns options that wait as long as Azure asks, else with exponential backoff starting at a tenth of
// the poll interval, at most 0.8 seconds.
func retryOptions(retries int32, poll time.Duration) policy.RetryOptions {
	if retries == 0 {
		retries = defaultRetries
	}
	return policy.RetryOptions{
		MaxRetries: retries, RetryDelay: min(800*time.Millisecond, max(poll/5, time.Millisecond)),
		MaxRetryDelay: maxRetryDelay, TryTimeout: tryTimeout,
	}
}

// live is a resource as Azure has it.
type live struct {
	body map[string]any
	etag string
}

// state returns the provisioning state: Succeeded, Failed, Canceled, or a value for work in progress; empty when Azure
// returns none.
func (l *live) state() string {
	s, _ := at(l.body, "properties", "provisioningState").(string)
	return s
}

// get reads a resource. It returns nil when the resource does not exist; isMissing then tells from err whether its
// group is missing too.
func (c *Client) get(ctx context.Context, id, apiVersion string) (*live, error) {
	resp, err := c.do(ctx, http.MethodGet, id, apiVersion, nil, nil, nil)
	if err != nil {
		return nil, err
	}
	return decode(resp)
}

func decode(resp *http.Response) (*live, error) {
	data, err := runtime.Payload(resp)
	if err != nil {
		return nil, fmt.Errorf("reading the response: %w", err)
	}
	l := &live{etag: resp.Header.Get("ETag")}
	if err := json.Unmarshal(data, &l.body); err != nil {
		return nil, fmt.Errorf("reading the response of %s: %w", resp.Request.URL.Path, err)
	}
	if tag, ok := l.body["etag"].(string); ok {
		l.etag = tag
	}
	return l, nil
}

// put creates or replaces a resource and waits until Azure has finished.
func (c *Client) put(
	ctx context.Context, id, apiVersion string, query url.Values, body map[string]any, conditions http.Header,
) error {
	resp, err := c.do(ctx, http.MethodPut, id, apiVersion, query, conditions, body)
	if err != nil {
		return err
	}
	return c.wait(ctx, resp)
}

// remove deletes a resource and waits until Azure has finished.
func (c *Client) remove(ctx context.Context, id, apiVersion string, conditions http.Header) error {
	resp, err := c.do(ctx, http.MethodDelete, id, apiVersion, nil, conditions, nil)
	if err != nil {
		return err
	}
	return c.wait(ctx, resp)
}

// wait polls a long-running operation. The SDK's own loop does not support intervals below a second, which tests need.
// https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations (read 2026-11-22)
func (c *Client) wait(ctx context.Context, resp *http.Response) error {
	p, err := runtime.NewPoller[struct{}](resp, c.pipeline, nil)
	if err != nil {
		return failure(err)
	}
	for !p.Done() {
		if err := c.sleep(ctx, resp); err != nil {
			return err
		}
		if resp, err = p.Poll(ctx); err != nil {
			return failure(err)
		}
	}
	_, err = p.Result(ctx)
	return failure(err)
}

// sleep waits as long as a response asks for, else the poll interval.
func (c *Client) sleep(ctx context.Context, resp *http.Response) error {
	return pause(ctx, retryAfter(resp, c.poll))
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// retryAfter returns the delay that a response asks for, in seconds or as a date.
func retryAfter(resp *http.Response, otherwise time.Duration) time.Duration {
	if resp == nil {
		return otherwise
	}
	text := resp.Header.Get("Retry-After")
	if d, err := time.ParseDuration(text + "s"); err == nil && d >= 0 {
		return min(d, maxRetryDelay)
	}
	if when, err := http.ParseTime(text); err == nil {
		return min(max(time.Until(when), 0), maxRetryDelay)
	}
	return otherwise
}

// list reads all pages of a listing and calls each for every element.
func (c *Client) list(ctx context.Context, path, apiVersion string, query url.Values, each func(map[string]any)) error {
	resp, err := c.do(ctx, http.MethodGet, path, apiVersion, query, nil, nil)
	for pages := 0; ; pages++ {
		if err != nil {
			return err
		}
		var page struct {
			Value    []map[string]any `json:"value"`
			NextLink string           `json:"nextLink"`
		}
		if err := runtime.UnmarshalAsJSON(resp, &page); err != nil {
			return failure(err)
		}
		for _, v := range page.Value {
			each(v)
		}
		if page.NextLink == "" {
			return nil
		}
		if err := c.sameHost(page.NextLink); err != nil || pages > 10_000 {
			return fmt.Errorf("reading %s: the link to the next page leads to another host", path)
		}
		resp, err = c.send(ctx, http.MethodGet, page.NextLink, nil, nil)
	}
}

// sameHost prevents the token from being sent to another host.
func (c *Client) sameHost(link string) error {
	u, err := url.Parse(link)
	own, err2 := url.Parse(c.endpoint)
	if err != nil || err2 != nil || u.Host != own.Host || u.Scheme != own.Scheme {
		return fmt.Errorf("link to another host")
	}
	return nil
}

func (c *Client) do(
	ctx context.Context, method, id, apiVersion string, query url.Values, header http.Header, body map[string]any,
) (*http.Response, error) {
	if query == nil {
		query = url.Values{}
	}
	query.Set("api-version", apiVersion)
	// Encode spaces in $filter as %20: Azure does not decode a plus sign as a space.
	link := runtime.JoinPaths(c.endpoint, escapeID(id)) + "?" + strings.ReplaceAll(query.Encode(), "+", "%20")
	return c.send(context.WithValue(ctx, runtime.CtxAPINameKey{}, operation(method, id)), method, link, header, body)
}

// escapeID escapes each segment of an id, so that no name can change the segments.
func escapeID(id string) string {
	parts := strings.Split(id, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return strings.Join(parts, "/")
}

func (c *Client) send(
	ctx context.Context, method, link string, header http.Header, body map[string]any,
) (*http.Response, error) {
	req, err := runtime.NewRequest(ctx, method, link)
	if err != nil {
		return nil, failure(err)
	}
	req.Raw().Header.Set("Accept", "application/json")
	for k, v := range header {
		req.Raw().Header[k] = v
	}
	if body != nil {
		if err := setBody(req, body); err != nil {
			return nil, err
		}
	}
	resp, err := c.pipeline.Do(req)
	if err != nil {
		return nil, failure(err)
	}
	if !runtime.HasStatusCode(resp, http.StatusOK, http.StatusCreated, http.StatusAccepted, http.StatusNoContent) {
		return nil, failure(runtime.NewResponseError(resp))
	}
	return resp, nil
}

func setBody(req *policy.Request, body map[string]any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("encoding the body: %w", err)
	}
	return req.SetBody(readSeekNopCloser{bytes.NewReader(data)}, "application/json")
}

type readSeekNopCloser struct{ io.ReadSeeker }

// Close does nothing: the reader has nothing to close.
func (readSeekNopCloser) Close() error { return nil }
