namespace ChainSync.Core.Customers;

/// <summary>Adds a customer to a store.</summary>
/// <param name="Id">Made by the device that creates it.</param>
/// <param name="Name">What to call them.</param>
/// <param name="Email">E-mail address, or null.</param>
/// <param name="Phone">Telephone number as given, or null.</param>
/// <param name="Active">False: not offered at the till.</param>
public sealed record CreateCustomer(Guid Id, string Name, string? Email = null, string? Phone = null, bool Active = true)
{
    /// <summary>The new customer of a store, or what is wrong with the request.</summary>
    /// <param name="storeId">The store.</param>
    public Outcome<Customer> ToCustomer(Guid storeId)
    {
        if (Id == Guid.Empty) return Rejection.OfField(Rejection.InvalidCode, "The customer has no id.", "id", "Must be a UUID made for this customer.");
        var fields = new CustomerFields(Name, Email, Phone, Active);
        if (fields.Check() is { } invalid) return invalid;
        var customer = new Customer { StoreId = storeId, Id = Id, Name = Name };
        fields.ApplyTo(customer);
        return customer;
    }
}

/// <summary>A customer as a store answers it.</summary>
/// <param name="Id">Their id.</param>
/// <param name="Name">What to call them.</param>
/// <param name="Active">False once archived.</param>
/// <param name="TotalSpentMinor">Sum of their sales less refunds, minor units.</param>
/// <param name="TotalOrders">How many sales.</param>
/// <param name="SyncVersion">Their version, for <c>If-Match</c>; sales do not raise it.</param>
/// <param name="LastSyncedAt">When they were last edited, UTC.</param>
/// <param name="Email">E-mail address, or null.</param>
/// <param name="Phone">Telephone number, or null.</param>
/// <param name="LastOrderAt">When they last bought, UTC; null before the first time.</param>
public sealed record CustomerInfo(
    Guid Id,
    string Name,
    bool Active,
    long TotalSpentMinor,
    long TotalOrders,
    long SyncVersion,
    DateTimeOffset LastSyncedAt,
    string? Email = null,
    string? Phone = null,
    DateTimeOffset? LastOrderAt = null)
{
    /// <summary>The answer of a customer.</summary>
    public static CustomerInfo Of(Customer customer)
    {
        ArgumentNullException.ThrowIfNull(customer);
        return new(
            customer.Id, customer.Name, customer.Active, customer.TotalSpentMinor, customer.TotalOrders, customer.SyncVersion, customer.LastSyncedAt,
            customer.Email, customer.Phone, customer.LastOrderAt);
    }
}
