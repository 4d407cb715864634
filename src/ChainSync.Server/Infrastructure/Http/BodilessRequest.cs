using System.Reflection;
using ChainSync.Core.Log;

namespace ChainSync.Server.Infrastructure.Http;

/// <summary>A write that needs no body: a DELETE. A body, where one comes, is not looked at. See <see cref="Request{T}"/>.</summary>
public sealed class BodilessRequest : IBindableFromHttpContext<BodilessRequest>
{
    private readonly WriteEnvelope _envelope;

    private BodilessRequest(WriteEnvelope envelope) => _envelope = envelope;

    /// <summary>The <c>If-Match</c> version the client looked at, where it says one.</summary>
    public long? BaseVersion => _envelope.BaseVersion;

    /// <summary>The operation that this request is.</summary>
    public Operation ToOperation(string type, Guid storeId) => _envelope.ToOperation(type, storeId);

    /// <summary>Reads the request, or throws the refusal for <see cref="ErrorHandling"/>.</summary>
    public static ValueTask<BodilessRequest?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<BodilessRequest?>(new(WriteEnvelope.Of(context, [])));
}
