namespace ChainSync.Core.Identity;

/// <summary>Adds somebody who works in a store. Their PIN is no part of the stored answer or the log.</summary>
/// <param name="StoreId">The store.</param>
/// <param name="Id">The new employee's id; that of their account when they have one.</param>
/// <param name="Name">The name on receipts.</param>
/// <param name="Email">Their address, or null.</param>
/// <param name="Role"><see cref="Role.Staff"/> or <see cref="Role.Manager"/>.</param>
/// <param name="Pin">4 to 8 digits that no colleague in the store has, or null.</param>
public sealed record CreateEmployee(Guid StoreId, Guid Id, string Name, string? Email, Role Role, string? Pin)
{
    /// <summary>What is wrong with the request, or null.</summary>
    public Rejection? Check()
    {
        var errors = new FieldErrors();
        errors.Require(Id != Guid.Empty, "id", "Must be an id of your making.");
        errors.CheckText("name", Name, 200);
        errors.CheckText("email", Email, SignIn.MaxEmailLength, required: false);
        errors.Require(Role is Role.Staff or Role.Manager, "role", "Must be staff or manager.");
        errors.Require(Pin is null || SignInWithPin.IsPin(Pin), "pin", "Must be 4 to 8 digits.");
        return errors.ToRejection();
    }
}
