using ChainSync.Core.Categories;
using ChainSync.Core.Customers;
using ChainSync.Core.Identity;
using ChainSync.Core.Log;
using ChainSync.Core.Products;
using ChainSync.Core.Stores;
using Microsoft.EntityFrameworkCore;

namespace ChainSync.Server.Data;

/// <summary>The documents of the chain: things that are edited. Facts (sales, refunds, payments, moves) are written as SQL batches.</summary>
public sealed class ChainSyncDb(DbContextOptions<ChainSyncDb> options) : DbContext(options)
{
    public DbSet<Store> Stores => Set<Store>();
    public DbSet<TaxClass> TaxClasses => Set<TaxClass>();
    public DbSet<Register> Registers => Set<Register>();
    public DbSet<Category> Categories => Set<Category>();
    public DbSet<Product> Products => Set<Product>();
    public DbSet<StockRow> Stock => Set<StockRow>();
    public DbSet<Customer> Customers => Set<Customer>();
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<Employee> Employees => Set<Employee>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Conventions.UtcMilliseconds>();
        configurationBuilder.Properties<Role>().HaveConversion<Conventions.RoleName>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Store>().ToTable("stores").HasKey(s => s.Id);
        Document<TaxClass>(modelBuilder, "tax_classes");
        Document<Register>(modelBuilder, "registers");
        Document<Category>(modelBuilder, "categories");
        Document<Product>(modelBuilder, "products");
        Document<Customer>(modelBuilder, "customers");
        modelBuilder.Entity<Account>().ToTable("accounts").HasKey(a => a.Id);
        Document<Employee>(modelBuilder, "employees");
        modelBuilder.Entity<StockRow>().ToTable("stock").HasKey(s => new { s.StoreId, s.ProductId });
        foreach (var document in modelBuilder.Model.GetEntityTypes().Where(e => e.ClrType.IsAssignableTo(typeof(ISynced))))
            document.FindProperty(nameof(ISynced.SyncVersion))!.IsConcurrencyToken = true;
        foreach (var balance in new[] { nameof(Customer.TotalSpentMinor), nameof(Customer.TotalOrders), nameof(Customer.LastOrderAt) })
            modelBuilder.Entity<Customer>().Property(balance).ValueGeneratedOnAddOrUpdate(); // the sales path's; never written from here
        modelBuilder.UseSnakeCase();
    }

    private static void Document<T>(ModelBuilder model, string table)
        where T : class, ISynced =>
        model.Entity<T>().ToTable(table).HasKey(nameof(ISynced.StoreId), nameof(ISynced.Id));
}
