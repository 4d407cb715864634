using System.Reflection;
using System.Text.Json;
using ChainSync.Server.Infrastructure.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChainSync.Server.Infrastructure.ApiDescription;

/// <summary>Says of each operation what its endpoint's code says: its name, the headers of writes, the body of a patch, who may call it.</summary>
internal sealed class OperationDescriber : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<MethodInfo>().FirstOrDefault() is not { } handler) return;
        operation.OperationId = IdOf(handler, operation.Tags?.FirstOrDefault()?.Name);
        operation.Summary ??= Words(handler.Name);
        var bound = handler.GetParameters().Select(p => p.ParameterType).ToList();
        if (bound.Any(IsWrite) || metadata.OfType<NeedsOperationId>().Any()) AddHeader(operation, "Idempotency-Key", required: true, "uuid", "The operation's id: made for this press of the button, the same on every repeat.");
        if (bound.Any(IsEdit)) AddHeader(operation, "If-Match", required: false, null, "The syncVersion, in quotes, that the edit was made on; another one now answers 409.");
        if (bound.FirstOrDefault(t => IsOf(t, typeof(PatchRequest<>))) is { } patch) await DescribePatchAsync(operation, context, patch.GetGenericArguments()[0], cancellationToken);
        if (metadata.OfType<IAuthorizeData>().Any())
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiDescriptionSetup.Bearer, context.Document)] = [] }];
    }

    private static bool IsOf(Type type, Type generic) => type.IsGenericType && type.GetGenericTypeDefinition() == generic;

    private static bool IsEdit(Type type) => type == typeof(BodilessRequest) || IsOf(type, typeof(PatchRequest<>));

    private static bool IsWrite(Type type) => IsEdit(type) || IsOf(type, typeof(Request<>));

    private static void AddHeader(OpenApiOperation operation, string name, bool required, string? format, string text) =>
        (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = name, In = ParameterLocation.Header, Required = required, Description = text,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = format },
        });

    // A patch may leave out every field; the fields themselves are those of the whole.
    private static async Task DescribePatchAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, Type fields, CancellationToken cancellationToken)
    {
        var schema = await context.GetOrCreateSchemaAsync(fields, null, cancellationToken);
        schema.Required = null;
        schema.Metadata?.Clear(); // it is no longer the component of that name
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = "A JSON merge patch (RFC 7396): what it names is replaced, null removes, the rest stays.",
            Content = new Dictionary<string, OpenApiMediaType> { [PatchRequest<object>.MediaType] = new() { Schema = schema } },
        };
    }

    private static string IdOf(MethodInfo handler, string? tag) =>
        JsonNamingPolicy.CamelCase.ConvertName((tag ?? handler.DeclaringType!.Name.Replace("Endpoints", "", StringComparison.Ordinal)) + Plain(handler.Name));

    private static string Words(string name) =>
        string.Concat(Plain(name).Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));

    private static string Plain(string name) => name.EndsWith("Async", StringComparison.Ordinal) ? name[..^5] : name;
}
