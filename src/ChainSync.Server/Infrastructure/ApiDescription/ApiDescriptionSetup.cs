using System.Text.Json.Serialization;
using Microsoft.OpenApi;

namespace ChainSync.Server.Infrastructure.ApiDescription;

/// <summary>The description of the API (OpenAPI 3.1) at <c>/openapi/v1.json</c>: made from the endpoints, so that it cannot lie.</summary>
public static class ApiDescriptionSetup
{
    internal const string Bearer = "bearer";

    private const string Text = """
        Commerce for a chain of stores. Money is an integer of minor units (`…Minor`), quantities are integer thousandths (`…Milli`), rates are
        parts per million (`…Ppm`), instants are UTC. Every write carries its operation id as `Idempotency-Key`; sending it twice is sending it
        once, and the repeat is answered with the first answer. Refusals are `application/problem+json` with a stable `code`.
        """;

    public static IServiceCollection AddApiDescription(this IServiceCollection services)
    {
        // Schemas follow the serializer: these say what our own contexts already do.
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.RespectNullableAnnotations = true;
            options.SerializerOptions.RespectRequiredConstructorParameters = true;
            options.SerializerOptions.TypeInfoResolverChain.Add(ParameterJson.Default);
        });
        return services.AddOpenApi("v1", options =>
        {
            options.AddOperationTransformer<OperationDescriber>();
            options.AddSchemaTransformer<EnumDescriber>();
            options.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new() { Title = "ChainSync", Version = "1", Description = Text };
                document.Servers = [];
                document.Components ??= new();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    [Bearer] = new OpenApiSecurityScheme
                    {
                        Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = "The access token of POST /api/auth/login.",
                    },
                };
                return Task.CompletedTask;
            });
        });
    }

    public static void MapApiDescription(this IEndpointRouteBuilder app) => app.MapOpenApi("/openapi/{documentName}.json");
}
