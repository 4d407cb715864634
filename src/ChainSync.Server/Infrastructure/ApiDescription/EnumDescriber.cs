using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace ChainSync.Server.Infrastructure.ApiDescription;

/// <summary>Names the values of an enum as our converter writes them; the zero called Unknown is for readers and never sent.</summary>
internal sealed class EnumDescriber : IOpenApiSchemaTransformer
{
    private const string Unknown = "Unknown";

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type is { IsEnum: true } type)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. Enum.GetNames(type).Where(name => name != Unknown).Select(name => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(name))];
        }
        return Task.CompletedTask;
    }
}
