namespace ChainSync.Core.Stores;

/// <summary>Registers a device as a till of a store.</summary>
/// <param name="Id">The new register's id, made on the device.</param>
/// <param name="Name">What people will call it.</param>
public sealed record CreateRegister(Guid Id, string Name)
{
    /// <summary>What is wrong with the request, or null.</summary>
    public Rejection? Check()
    {
        var errors = new FieldErrors();
        errors.Require(Id != Guid.Empty, "id", "Must be an id of your making.");
        errors.CheckText("name", Name, 100);
        return errors.ToRejection();
    }
}

/// <summary>The answer to <see cref="CreateRegister"/>.</summary>
/// <param name="Id">The register's id.</param>
/// <param name="Number">1, 2, 3 … in the store.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Series">The receipt series this device alone numbers: <c>S1-R2</c>.</param>
/// <param name="Key">The device's secret for PIN sign-in. Shown to the manager who made the register and to repeats of that request, and stored nowhere.</param>
public sealed record RegisterCreated(Guid Id, int Number, string Name, string Series, string? Key = null);

/// <summary>A register in the store's list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">1, 2, 3 … in the store.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Series">Its receipt series.</param>
/// <param name="LastReceiptNumber">The highest receipt number the server has of the series; 0 before the first.</param>
public sealed record RegisterInfo(Guid Id, int Number, string Name, string Series, long LastReceiptNumber);
