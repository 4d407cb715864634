namespace ChainSync.Core.Identity;

/// <summary>How roles are written in tokens, tables and messages: lower case.</summary>
public static class RoleNames
{
    /// <summary>The role's name, for example <c>manager</c>.</summary>
    /// <param name="role">The role.</param>
    public static string Of(Role role) => role switch
    {
        Role.Customer => "customer",
        Role.Staff => "staff",
        Role.Manager => "manager",
        Role.Admin => "admin",
        _ => "guest",
    };

    /// <summary>The role of a name; <see cref="Role.Guest"/>, which has no rights, for a name this build does not know.</summary>
    /// <param name="name">The name, exactly as <see cref="Of"/> writes it.</param>
    public static Role Parse(string? name) => name switch
    {
        "customer" => Role.Customer,
        "staff" => Role.Staff,
        "manager" => Role.Manager,
        "admin" => Role.Admin,
        _ => Role.Guest,
    };
}
