using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Server.Features.Identity;
using ChainSync.Server.Features.Identity.Tokens;
using Npgsql;

namespace ChainSync.LoadGen;

/// <summary>An admin's access token, signed with the key that the server keeps in the database.</summary>
internal static class BenchToken
{
    public static async Task<string> IssueAsync(NpgsqlDataSource source)
    {
        var secrets = new ServerSecrets(source, TimeProvider.System);
        await secrets.LoadAsync(CancellationToken.None);
        var issuer = new TokenIssuer(secrets, new IdentityOptions { AccessTokenLifetime = TimeSpan.FromHours(2) }, TimeProvider.System);
        var person = new Person(Ids.New(TimeProvider.System), null, "Bench", Role.Admin, [], null, SecretHash: "");
        return issuer.Issue(person, Ids.New(TimeProvider.System)).Token;
    }
}
