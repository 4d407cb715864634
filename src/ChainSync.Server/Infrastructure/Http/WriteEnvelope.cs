using System.Security.Cryptography;
using System.Text;
using ChainSync.Core.Log;

namespace ChainSync.Server.Infrastructure.Http;

/// <summary>What makes an operation of a request, whatever its body is.</summary>
/// <param name="Target">Method and path.</param>
/// <param name="Bytes">The body.</param>
/// <param name="OperationId">The <c>Idempotency-Key</c>.</param>
/// <param name="BaseVersion">The <c>If-Match</c> version, where the client says one.</param>
internal sealed record WriteEnvelope(string Target, byte[] Bytes, Guid OperationId, long? BaseVersion)
{
    /// <summary>The request's envelope around this body, or the refusal as an exception.</summary>
    public static WriteEnvelope Of(HttpContext context, byte[] bytes) =>
        new($"{context.Request.Method} {context.Request.Path}", bytes, RequestHeaders.OperationId(context), RequestHeaders.BaseVersion(context));

    public Operation ToOperation(string type, Guid storeId) =>
        new(OperationId, type, storeId, SHA256.HashData([.. Encoding.UTF8.GetBytes(Target), 0, .. Bytes]));
}
