using ChainSync.Server.Features.Demo;

namespace ChainSync.Server.Infrastructure.Startup;

/// <summary>What a person at the terminal needs to know once the server is ready.</summary>
public static class Greeting
{
    /// <summary>Prints the address, and in the demo who may sign in.</summary>
    public static void GreetWhenReady(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        Console.WriteLine();
        Console.WriteLine($"ChainSync is ready: {string.Join("  ", app.Urls)}");
        if (app.Configuration.GetValue<bool>("Demo:Enabled"))
        {
            Console.WriteLine($"Demo accounts, password {DemoAccounts.Password}, PINs {DemoAccounts.ManagerPin} (manager) and {DemoAccounts.StaffPin} (staff):");
            foreach (var account in DemoAccounts.All()) Console.WriteLine($"  {account.Email}");
        }
        Console.WriteLine("Ctrl-C stops it.");
    });
}
