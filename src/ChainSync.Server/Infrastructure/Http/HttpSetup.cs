using System.Text.Json.Serialization;
using ChainSync.Core.Json;
using ChainSync.Server.Features.Imports;

namespace ChainSync.Server.Infrastructure.Http;

/// <summary>What every request meets: source-generated JSON, bounds, headers.</summary>
public static class HttpSetup
{
    public static IServiceCollection AddHttpBasics(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.SerializerOptions.TypeInfoResolverChain.Clear();
            options.SerializerOptions.TypeInfoResolverChain.Add(ChainSyncJson.Default);
            options.SerializerOptions.TypeInfoResolverChain.Add(ServerJson.Default);
            options.SerializerOptions.TypeInfoResolverChain.Add(ImportJson.Default);
        });
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        return services;
    }

    public static void UseHttpBasics(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            // The pages' component library writes its own style elements. To our own origin 'self' covers the socket as well.
            headers.ContentSecurityPolicy =
                "default-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
            if (context.Request.Path.StartsWithSegments("/api")) headers.CacheControl = "no-store";
            return next(context);
        });
        app.UseProblems();
    }
}
