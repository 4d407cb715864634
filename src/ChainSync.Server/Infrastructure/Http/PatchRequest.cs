using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChainSync.Core;
using ChainSync.Core.Log;
using Microsoft.AspNetCore.Http.Metadata;

namespace ChainSync.Server.Infrastructure.Http;

/// <summary>A JSON merge patch (RFC 7396) of <typeparamref name="T"/>: what it names is replaced, null removes, the rest stays.</summary>
/// <typeparam name="T">The fields that may be edited; no others may be named.</typeparam>
public sealed class PatchRequest<T> : IBindableFromHttpContext<PatchRequest<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    /// <summary>The media type of a merge patch.</summary>
    public const string MediaType = "application/merge-patch+json";

    private readonly WriteEnvelope _envelope;
    private readonly JsonObject _patch;

    private PatchRequest(WriteEnvelope envelope, JsonObject patch) => (_envelope, _patch) = (envelope, patch);

    /// <summary>The <c>If-Match</c> version the client's edit was made on, where it says one.</summary>
    public long? BaseVersion => _envelope.BaseVersion;

    /// <summary>The operation that this request is.</summary>
    public Operation ToOperation(string type, Guid storeId) => _envelope.ToOperation(type, storeId);

    /// <summary>The fields with the patch applied, read as strictly as a whole body.</summary>
    public Outcome<T> ApplyTo(T current)
    {
        var merged = JsonSerializer.SerializeToNode(current, StrictJson.TypeInfo<T>())!.AsObject();
        foreach (var (name, value) in _patch)
        {
            if (value is null) merged.Remove(name);
            else merged[name] = value.DeepClone(); // every editable field is a value or a list, which a merge patch replaces whole
        }
        return StrictJson.Read<T>(Encoding.UTF8.GetBytes(merged.ToJsonString()));
    }

    /// <summary>Reads the request, or throws the refusal for <see cref="ErrorHandling"/>.</summary>
    public static async ValueTask<PatchRequest<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        _ = RequestHeaders.OperationId(context);
        var bytes = await RequestBody.ReadAsync(context);
        var patch = StrictJson.ReadFields<T>(bytes);
        return patch.IsAccepted ? new PatchRequest<T>(WriteEnvelope.Of(context, bytes), patch.Value) : throw new RejectionException(patch.Rejection);
    }

    /// <summary>Says to the API description what body is taken.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata([MediaType], typeof(T)));
}
