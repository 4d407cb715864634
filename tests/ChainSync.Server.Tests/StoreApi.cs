using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.TestKit;
using Xunit;

namespace ChainSync.Server.Tests;

/// <summary>The API of a store as its people use it, with a look at what was really written.</summary>
internal sealed class StoreApi(ApiHost host) : IAsyncDisposable
{
    public static readonly Guid Store = TestChain.StoreIds[0];
    public static readonly Guid OtherStore = TestChain.StoreIds[1];

    public HttpClient Manager { get; } = host.Client(Role.Manager, Store);

    public HttpClient Staff { get; } = host.Client(Role.Staff, Store);

    public HttpClient Guest { get; } = host.Anonymous();

    public TestChain Chain => host.Chain;

    public static async Task<StoreApi> StartAsync() => new(await ApiHost.StartAsync());

    public HttpClient Client(Role role, params Guid[] stores) => host.Client(role, stores);

    public Guid NewId() => Ids.New(host.Chain.Clock);

    /// <summary>An address below the first store.</summary>
    public static string At(string path, Guid? store = null) => $"/api/stores/{store ?? Store}/{path}";

    public async Task<ApiAnswer> GetAsync(string path, HttpClient? client = null) => await ApiAnswer.OfAsync(await (client ?? Manager).GetAsync(path));

    public Task<ApiAnswer> PostAsync(string path, string body, HttpClient? client = null, Guid? operationId = null) =>
        SendAsync(HttpMethod.Post, path, body, "application/json", null, client, operationId);

    public Task<ApiAnswer> PatchAsync(string path, string body, long? version = null, HttpClient? client = null, Guid? operationId = null) =>
        SendAsync(HttpMethod.Patch, path, body, "application/merge-patch+json", version, client, operationId);

    public Task<ApiAnswer> DeleteAsync(string path, long? version = null, HttpClient? client = null) =>
        SendAsync(HttpMethod.Delete, path, null, null, version, client, null);

    public Task<long> HeadAsync(Guid? store = null) => Chain.ScalarAsync<long>("select seq from store_head where store_id = $1", store ?? Store);

    /// <summary>Sends something that must be refused with this code, and looks that nothing was written.</summary>
    public async Task<ApiAnswer> RefusedAsync(string code, Func<Task<ApiAnswer>> send)
    {
        var before = await HeadAsync();
        var answer = await send();
        Assert.True(code == answer.Code, $"{answer.Status} {answer.Text}");
        Assert.Equal(before, await HeadAsync());
        return answer;
    }

    /// <summary>The names of all items of a list, page by page.</summary>
    public async Task<List<string>> NamesAsync(string path, HttpClient? client = null)
    {
        var names = new List<string>();
        for (string? next = ""; next is not null;)
        {
            var page = await GetAsync(path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "after=" + next, client);
            Assert.True(page.Status == 200, page.Text);
            names.AddRange(page.Json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("name").GetString()!));
            next = page.Json.TryGetProperty("next", out var cursor) && cursor.ValueKind == JsonValueKind.String ? cursor.GetString() : null;
        }
        return names;
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private async Task<ApiAnswer> SendAsync(
        HttpMethod method, string path, string? body, string? mediaType, long? version, HttpClient? client, Guid? operationId)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, mediaType!);
        request.Headers.Add("Idempotency-Key", (operationId ?? NewId()).ToString());
        if (version is { } v) request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{v.ToString(CultureInfo.InvariantCulture)}\""));
        return await ApiAnswer.OfAsync(await (client ?? Manager).SendAsync(request));
    }
}
