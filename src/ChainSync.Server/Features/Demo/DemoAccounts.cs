using ChainSync.Core;
using ChainSync.Core.Identity;
using ChainSync.Core.Stores;

namespace ChainSync.Server.Features.Demo;

/// <summary>Who can sign in to the demo. Everybody who reads this knows the password: that is why nothing but the demo has them.</summary>
internal static class DemoAccounts
{
    public const string Password = "chainsync-demo";
    public const string CustomerEmail = "customer@demo.example";
    public const string ManagerPin = "1111";
    public const string StaffPin = "2222";

    /// <summary>The accounts, in the order they are made.</summary>
    public static IReadOnlyList<CreateAccount> All()
    {
        var first = DemoStore.All[0];
        var (manager, staff) = (first.Employees[0], first.Employees[1]);
        return
        [
            new(Ids.Named(Store.Chain, "demo:admin"), "admin@demo.example", "Ada Admin", Role.Admin, [], Password),
            new(manager.Id, "manager@demo.example", manager.Name, Role.Manager, [first.Id], Password),
            new(staff.Id, "staff@demo.example", staff.Name, Role.Staff, [first.Id], Password),
            new(Ids.Named(Store.Chain, "demo:customer"), CustomerEmail, first.Customers().First().Name, Role.Customer, [first.Id], Password, first.CustomerId(0)),
        ];
    }
}
