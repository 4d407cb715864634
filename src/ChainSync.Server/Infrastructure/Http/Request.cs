using System.Reflection;
using System.Security.Cryptography;
using ChainSync.Core;
using ChainSync.Core.Log;
using Microsoft.AspNetCore.Http.Metadata;

namespace ChainSync.Server.Infrastructure.Http;

/// <summary>A write as it came: the body, strictly read, and what makes an operation of it.</summary>
/// <typeparam name="T">The body.</typeparam>
public sealed class Request<T> : IBindableFromHttpContext<Request<T>>, IEndpointParameterMetadataProvider
{
    private readonly byte[] _bytes;
    private readonly string _target;

    private Request(T body, byte[] bytes, string target, Guid operationId, long? baseVersion) =>
        (Body, _bytes, _target, OperationId, BaseVersion) = (body, bytes, target, operationId, baseVersion);

    /// <summary>The body.</summary>
    public T Body { get; }

    /// <summary>The <c>Idempotency-Key</c>.</summary>
    public Guid OperationId { get; }

    /// <summary>The <c>If-Match</c> version the client's edit was made on, where it says one.</summary>
    public long? BaseVersion { get; }

    /// <summary>The operation that this request is.</summary>
    public Operation ToOperation(string type, Guid storeId) =>
        new(OperationId, type, storeId, SHA256.HashData([.. System.Text.Encoding.UTF8.GetBytes(_target), 0, .. _bytes]));

    /// <summary>Reads the request, or throws the refusal for <see cref="ErrorHandling"/>.</summary>
    public static async ValueTask<Request<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var operationId = RequestHeaders.OperationId(context);
        var bytes = await RequestBody.ReadAsync(context);
        var body = StrictJson.Read<T>(bytes);
        if (!body.IsAccepted) throw new RejectionException(body.Rejection);
        return new Request<T>(body.Value, bytes, $"{context.Request.Method} {context.Request.Path}", operationId, RequestHeaders.BaseVersion(context));
    }

    /// <summary>Says to the API description what body is taken.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
}

/// <summary>The headers that every write carries.</summary>
public static class RequestHeaders
{
    /// <summary>The operation id, or the refusal as an exception.</summary>
    public static Guid OperationId(HttpContext context) =>
        Guid.TryParse(context.Request.Headers["Idempotency-Key"], out var id) && id != Guid.Empty
            ? id
            : throw new RejectionException(Rejection.OfField(
                "operation.missing-id", "A write must carry its operation id.", "Idempotency-Key", "Must be a UUID made for this press of the button, the same on every repeat."));

    /// <summary>The version in <c>If-Match</c>, or null when the client names none.</summary>
    public static long? BaseVersion(HttpContext context)
    {
        var header = context.Request.Headers.IfMatch.ToString();
        if (header is "" or "*") return null;
        return long.TryParse(header.Trim('"'), out var version)
            ? version
            : throw new RejectionException(Rejection.OfField("common.invalid", "The version is not readable.", "If-Match", "Must be the entity's syncVersion in quotes."));
    }
}

/// <summary>The body of a write.</summary>
public static class RequestBody
{
    /// <summary>The most a JSON body may have.</summary>
    public const int LimitBytes = 1024 * 1024;

    /// <summary>Reads the whole body.</summary>
    public static async Task<byte[]> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType() && context.Request.ContentType?.StartsWith("application/merge-patch+json", StringComparison.OrdinalIgnoreCase) != true)
            throw new RejectionException(new("common.unsupported-media-type", "Send the request as application/json."));
        if (context.Request.ContentLength > LimitBytes) throw new RejectionException(TooLarge);
        using var buffer = new MemoryStream((int)(context.Request.ContentLength ?? 0));
        var chunk = new byte[16 * 1024];
        while (await context.Request.Body.ReadAsync(chunk, context.RequestAborted) is var read and > 0)
        {
            if (buffer.Length + read > LimitBytes) throw new RejectionException(TooLarge);
            buffer.Write(chunk, 0, read);
        }
        return buffer.ToArray();
    }

    private static readonly Rejection TooLarge = new("common.too-large", $"The request is larger than {LimitBytes:N0} bytes. Nothing was written.");
}

/// <summary>Marks an endpoint that reads the operation id by itself, because its body is no JSON.</summary>
public sealed record NeedsOperationId;
