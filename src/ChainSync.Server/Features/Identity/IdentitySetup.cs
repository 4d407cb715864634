using ChainSync.Server.Features.Identity.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ChainSync.Server.Features.Identity;

/// <summary>Wires sign-in, tokens and roles.</summary>
public static class IdentitySetup
{
    /// <summary>Needs an <c>NpgsqlDataSource</c> on a migrated database, a <c>TimeProvider</c> and the <c>StoreWriter</c>.</summary>
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddOptions<IdentityOptions>().BindConfiguration(IdentityOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<IdentityOptions>>().Value);
        services.AddSingleton<ServerSecrets>().AddSingleton<Passwords>().AddSingleton<RegisterKeys>();
        services.AddSingleton<TokenIssuer>().AddSingleton<TokenVerifier>();
        services.AddSingleton<RevokedSessions>().AddSingleton<Sessions>().AddSingleton<SignInAttempts>().AddSingleton<People>();
        services.AddSingleton<SignInHandler>().AddSingleton<CreateAccountHandler>().AddSingleton<CreateEmployeeHandler>();
        services.AddHostedService<IdentityService>();
        // Not AddAuthentication: it brings data protection, whose keys nothing here uses and which it would keep in the home folder.
        services.AddAuthenticationCore(options => options.DefaultScheme = BearerHandler.Name).AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.Name, null);
        services.AddAuthorization();
        return services;
    }
}
