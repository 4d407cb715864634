using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace ChainSync.Server.Infrastructure.Http;

/// <summary>A strictly read body of a request that is no operation: sign-in, a preview. See <see cref="Request{T}"/> for writes.</summary>
/// <typeparam name="T">The body.</typeparam>
public sealed class Body<T> : IBindableFromHttpContext<Body<T>>, IEndpointParameterMetadataProvider
{
    private Body(T value) => Value = value;

    /// <summary>The body.</summary>
    public T Value { get; }

    /// <summary>Reads the body, or throws the refusal for <see cref="ErrorHandling"/>.</summary>
    public static async ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var read = StrictJson.Read<T>(await RequestBody.ReadAsync(context));
        return read.IsAccepted ? new Body<T>(read.Value) : throw new RejectionException(read.Rejection);
    }

    /// <summary>Says to the API description what body is taken.</summary>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
}
