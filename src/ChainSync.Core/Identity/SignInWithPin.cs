namespace ChainSync.Core.Identity;

/// <summary>Asks for a session at a registered till, which shows its key in the header <c>ChainSync-Register-Key</c>.</summary>
/// <param name="StoreId">The till's store.</param>
/// <param name="RegisterId">The till's register.</param>
/// <param name="Pin">The employee's PIN, 4 to 8 digits.</param>
public sealed record SignInWithPin(Guid StoreId, Guid RegisterId, string Pin)
{
    /// <summary>What is wrong with the request's shape, or null.</summary>
    public Rejection? Check()
    {
        var errors = new FieldErrors();
        errors.Require(IsPin(Pin), "pin", "Must be 4 to 8 digits.");
        return errors.ToRejection();
    }

    /// <summary>Whether a text can be a PIN: 4 to 8 ASCII digits.</summary>
    /// <param name="text">The text.</param>
    public static bool IsPin(string? text) => text is { Length: >= 4 and <= 8 } && text.All(char.IsAsciiDigit);
}
