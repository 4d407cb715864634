using ChainSync.Core.Identity;

namespace ChainSync.Core.Customers;

/// <summary>What a person may edit of a customer: the fields that a merge patch names.</summary>
/// <param name="Name">What to call them.</param>
/// <param name="Email">E-mail address, or null.</param>
/// <param name="Phone">Telephone number as given, or null.</param>
/// <param name="Active">False once archived.</param>
public sealed record CustomerFields(string Name, string? Email = null, string? Phone = null, bool Active = true)
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameLength = 200;

    /// <summary>Longest telephone number, in characters: fifteen digits (ITU-T E.164) and what people write between them.</summary>
    public const int PhoneLength = 40;

    /// <summary>The fields as a customer has them.</summary>
    public static CustomerFields Of(Customer customer)
    {
        ArgumentNullException.ThrowIfNull(customer);
        return new(customer.Name, customer.Email, customer.Phone, customer.Active);
    }

    /// <summary>What is wrong with the fields, or null.</summary>
    public Rejection? Check()
    {
        var errors = new FieldErrors();
        errors.CheckText("name", Name, NameLength);
        if (Email is not null)
        {
            errors.CheckText("email", Email, SignIn.MaxEmailLength);
            errors.Require(Email.IndexOf('@', StringComparison.Ordinal) is var at && at > 0 && at < Email.Length - 1, "email", "Must be an e-mail address or null.");
        }
        if (Phone is not null)
        {
            errors.CheckText("phone", Phone, PhoneLength);
            errors.Require(Phone.Any(char.IsAsciiDigit), "phone", "Must be a telephone number or null.");
        }
        return errors.ToRejection();
    }

    /// <summary>Gives the customer these values, the address in the one spelling that is looked up.</summary>
    public void ApplyTo(Customer customer)
    {
        ArgumentNullException.ThrowIfNull(customer);
        customer.Name = Name;
        customer.Email = Email is null ? null : Account.NormalEmail(Email);
        customer.Phone = Phone?.Trim();
        customer.Active = Active;
    }
}
