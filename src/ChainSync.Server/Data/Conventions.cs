using System.Text;
using ChainSync.Core.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ChainSync.Server.Data;

/// <summary>How the model meets the database, said once: snake_case names, UTC instants cut to milliseconds.</summary>
public static class Conventions
{
    /// <summary>Names every column after its property: <c>PriceMinor</c> → <c>price_minor</c>.</summary>
    public static void UseSnakeCase(this ModelBuilder model)
    {
        foreach (var property in model.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
            property.SetColumnName(SnakeCase(property.Name));
    }

    /// <summary>Cuts an instant to the millisecond, in UTC: what the wire and the log carry.</summary>
    public static DateTimeOffset ToMilliseconds(this DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());

    internal static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }

    internal sealed class UtcMilliseconds() : ValueConverter<DateTimeOffset, DateTimeOffset>(v => v.ToMilliseconds(), v => v.ToMilliseconds());

    internal sealed class RoleName() : ValueConverter<Role, string>(v => RoleNames.Of(v), v => RoleNames.Parse(v));
}
