namespace ChainSync.Core.Identity;

/// <summary>The role matrix: which role may see which namespace, and which may send which operation.</summary>
public static class Permissions
{
    /// <summary>The event namespaces, in the order of the matrix.</summary>
    public static IReadOnlyList<string> Namespaces { get; } = ["orders", "customers", "products", "inventory", "payments", "system"];

    /// <summary>Whether a role sees a namespace at all. A customer sees only their own of <c>orders</c> and <c>payments</c>.</summary>
    /// <param name="role">The caller's role.</param>
    /// <param name="name">One of <see cref="Namespaces"/>; anything else answers false.</param>
    public static bool MaySee(Role role, string name) => (role, name) switch
    {
        (Role.Admin, "orders" or "customers" or "products" or "inventory" or "payments" or "system") => true,
        (Role.Manager, "orders" or "customers" or "products" or "inventory" or "payments") => true,
        (Role.Staff, "orders" or "customers" or "products" or "inventory") => true,
        (Role.Customer, "orders" or "products" or "payments") => true,
        (Role.Guest, "products") => true,
        _ => false,
    };

    /// <summary>The least role that may send an operation of this type. Unknown types need an admin.</summary>
    /// <param name="operationType">For example <c>sale.record</c>.</param>
    public static Role Needed(string operationType) => operationType switch
    {
        "sale.record" or "sale.refund" or "customer.create" or "customer.update" => Role.Staff,
        "product.create" or "product.update" or "product.delete" => Role.Manager,
        "category.create" or "category.update" or "category.delete" => Role.Manager,
        "employee.create" or "customer.delete" or "register.create" or "stock.adjust" or "import.chunk" or "notice.send" => Role.Manager,
        _ => Role.Admin,
    };

    /// <summary>Whether the caller may send this operation to this store.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="storeId">The store whose stream the operation writes.</param>
    /// <param name="operationType">The operation's type.</param>
    public static bool MaySend(Caller caller, Guid storeId, string operationType) =>
        caller.HasStore(storeId) && caller.Role >= Needed(operationType);
}
