namespace ChainSync.Core.Identity;

/// <summary>Asks for a session by e-mail and password.</summary>
/// <param name="Email">The account's address, in any case.</param>
/// <param name="Password">The password as typed.</param>
public sealed record SignIn(string Email, string Password)
{
    /// <summary>Longest address that is read (RFC 5321 §4.5.3.1.3, less the brackets).</summary>
    public const int MaxEmailLength = 254;

    /// <summary>Longest password that is hashed.</summary>
    public const int MaxPasswordLength = 256;

    /// <summary>What is wrong with the request's shape, or null.</summary>
    public Rejection? Check()
    {
        var errors = new FieldErrors();
        errors.CheckText("email", Email, MaxEmailLength);
        errors.Require(Password.Length is > 0 and <= MaxPasswordLength, "password", $"Must have 1 to {MaxPasswordLength} characters.");
        return errors.ToRejection();
    }
}
