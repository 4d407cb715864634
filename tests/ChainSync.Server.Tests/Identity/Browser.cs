using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.TestHost;

namespace ChainSync.Server.Tests.Identity;

/// <summary>A client with one cookie of interest and, once signed in, a token.</summary>
internal sealed class Browser(TestServer server, string address)
{
    /// <summary>The <c>name=value</c> of the refresh cookie; null before sign-in and after sign-out.</summary>
    public string? Cookie { get; set; }

    public string? Token { get; set; }

    public string Scheme { get; set; } = "http";

    /// <summary>What else every request says.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    public async Task<Answer> LoginAsync(string email, string password = IdentityHost.Password) =>
        await EnterAsync("/api/auth/login", $$"""{"email":{{Quote(email)}},"password":{{Quote(password)}}}""");

    public async Task<Answer> PinAsync(Guid storeId, Guid registerId, string pin) =>
        await EnterAsync("/api/auth/pin", $$"""{"storeId":"{{storeId}}","registerId":"{{registerId}}","pin":{{Quote(pin)}}}""");

    public Task<Answer> RefreshAsync() => EnterAsync("/api/auth/refresh", null);

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, string? json = null, Guid? operationId = null) => SendAsync(HttpMethod.Post, path, json, operationId);

    private async Task<Answer> EnterAsync(string path, string? json)
    {
        var answer = await PostAsync(path, json);
        if (answer.Status == HttpStatusCode.OK) Token = answer.Json.GetProperty("accessToken").GetString();
        return answer;
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, string? json = null, Guid? operationId = null)
    {
        using var client = server.CreateClient();
        using var request = new HttpRequestMessage(method, $"{Scheme}://localhost{path}");
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (operationId is not null) request.Headers.Add("Idempotency-Key", operationId.ToString());
        if (Cookie is not null) request.Headers.Add("Cookie", Cookie);
        if (Token is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Token}");
        request.Headers.Add(IdentityHost.AddressHeader, address);
        foreach (var (name, value) in Headers) request.Headers.TryAddWithoutValidation(name, value);

        using var response = await client.SendAsync(request);
        var setCookie = response.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Single() : null;
        if (setCookie is not null) Cookie = setCookie.Split(';')[0] is var pair && pair.EndsWith('=') ? null : pair;
        var body = await response.Content.ReadAsStringAsync();
        return new Answer(
            response.StatusCode, response.Content.Headers.ContentType?.MediaType, body, setCookie,
            response.Headers.RetryAfter?.Delta, response.Headers.Contains("Idempotency-Replayed"), response.Headers.WwwAuthenticate.ToString());
    }

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}

internal sealed record Answer(
    HttpStatusCode Status, string? MediaType, string Body, string? SetCookie, TimeSpan? RetryAfter, bool IsReplay, string Challenge)
{
    public JsonElement Json => JsonElement.Parse(Body);

    /// <summary>The refusal's code; empty when it is none.</summary>
    public string Code => MediaType == "application/problem+json" ? Json.GetProperty("code").GetString()! : "";
}
