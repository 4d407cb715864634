using ChainSync.Core.Identity;

namespace ChainSync.Server.Features.Identity;

/// <summary>What was typed after <c>account create</c>.</summary>
/// <param name="Email">The address to sign in with.</param>
/// <param name="Name">What to call them.</param>
/// <param name="Role">What they may do.</param>
/// <param name="StoreCodes">Codes of their stores; empty for an admin.</param>
internal sealed record AccountArguments(string Email, string Name, Role Role, IReadOnlyList<string> StoreCodes)
{
    public const string Help = """
        Usage: ./run account create EMAIL [--name NAME] [--role admin|manager|staff] [--store CODE …]

        Adds somebody who signs in with e-mail and password, also while the server runs.
        The password is asked for at the terminal, or read as one line from standard input.

          EMAIL         the address to sign in with
          --name NAME   what to call them (default: what stands before the @)
          --role ROLE   admin (default: every store and all settings), manager or staff
          --store CODE  a store of a manager or staff member, such as S1; may be given several times

        Ends with 0 when the account is there, 1 when it could not be made, 2 when the command is wrong, 130 when it was stopped.
        """;

    /// <summary>Reads the arguments, or says what is wrong with them.</summary>
    public static (AccountArguments? Arguments, string? Problem) Parse(string[] args)
    {
        if (args is not ["create", .. var words]) return (null, "The command is account create EMAIL.");
        string? email = null, name = null, role = null;
        var stores = new List<string>();
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] is "--name" or "--role" or "--store")
            {
                var option = words[i];
                if (++i == words.Length || words[i].Length == 0) return (null, $"{option} needs a value.");
                if (option == "--name") name = words[i];
                else if (option == "--role") role = words[i];
                else stores.Add(words[i]);
            }
            else if (words[i].StartsWith('-')) return (null, $"Unknown option {words[i]}.");
            else if (email is not null) return (null, $"One account at a time: {email} or {words[i]}.");
            else email = words[i];
        }
        if (email is null) return (null, "Which e-mail address?");
        return Check(new AccountArguments(email, name ?? email.Split('@')[0], RoleNames.Parse(role ?? "admin"), stores), role);
    }

    private static (AccountArguments? Arguments, string? Problem) Check(AccountArguments arguments, string? role) => arguments.Role switch
    {
        // A customer's account belongs to a customer's record, which nobody names at a terminal.
        Role.Guest or Role.Customer => (null, $"The role {role} is not known; admin, manager and staff are."),
        Role.Admin when arguments.StoreCodes.Count > 0 => (null, "An admin has every store: leave --store out, or choose another --role."),
        not Role.Admin when arguments.StoreCodes.Count == 0 => (null, $"--store is missing: in which store does this {role} work?"),
        _ => (arguments, null),
    };
}
