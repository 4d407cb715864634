namespace ChainSync.Core.Identity;

/// <summary>Adds somebody who signs in with e-mail and password. Its password is no part of the stored answer or the log.</summary>
/// <param name="Id">The new account's id; that of the employee record when there is one.</param>
/// <param name="Email">The address to sign in with.</param>
/// <param name="Name">What to call them.</param>
/// <param name="Role">What they may do.</param>
/// <param name="StoreIds">Their stores; empty for an admin.</param>
/// <param name="Password">At least <see cref="MinPasswordLength"/> characters.</param>
/// <param name="CustomerId">The customer record, for a customer.</param>
public sealed record CreateAccount(
    Guid Id, string Email, string Name, Role Role, IReadOnlyList<Guid> StoreIds, string Password, Guid? CustomerId = null)
{
    /// <summary>Shortest password taken (NIST SP 800-63B §5.1.1.2 asks for 8 or more).</summary>
    public const int MinPasswordLength = 10;

    /// <summary>Most stores of one account: they travel in each access token. Who has more is an admin.</summary>
    public const int MaxStores = 100;

    /// <summary>What is wrong with the request, or null.</summary>
    public Rejection? Check()
    {
        var errors = new FieldErrors();
        errors.Require(Id != Guid.Empty, "id", "Must be an id of your making.");
        errors.CheckText("email", Email, SignIn.MaxEmailLength);
        errors.Require(Email.IndexOf('@', StringComparison.Ordinal) is var at && at > 0 && at < Email.Length - 1, "email", "Must be an e-mail address.");
        errors.CheckText("name", Name, 200);
        errors.Require(Role is Role.Customer or Role.Staff or Role.Manager or Role.Admin, "role", "Must be admin, manager, staff or customer.");
        errors.Require(Role == Role.Admin || StoreIds.Count > 0, "storeIds", "Must name at least one store.");
        errors.Require(StoreIds.Count <= MaxStores, "storeIds", $"Must name at most {MaxStores} stores.");
        errors.Require(Role == Role.Customer || CustomerId is null, "customerId", "Is for customers only.");
        errors.Require(
            Password.Length is >= MinPasswordLength and <= SignIn.MaxPasswordLength,
            "password", $"Must have {MinPasswordLength} to {SignIn.MaxPasswordLength} characters.");
        return errors.ToRejection();
    }
}
