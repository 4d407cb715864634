using ChainSync.Core;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChainSync.Server.Sync;

/// <summary>What the database can say of a write, as a retry or as a refusal.</summary>
public static class StoreErrors
{
    /// <summary>Raised by our own SQL guards when a row is not what the decision was made on.</summary>
    public const string Stale = "CS001";

    public static readonly Rejection OperationReused = new(
        "operation.reused", "This operation id was used before for a different request. Nothing was written; send a new request with a new id.");

    public static readonly Rejection NotFound = new("common.not-found", "There is nothing here that you may see.");

    public static readonly Rejection Forbidden = new("common.forbidden", "Your role does not allow this. Ask a manager to do it.");

    public static readonly Rejection VersionConflict = new(
        "common.version-conflict", "Somebody changed this since you loaded it. Nothing was written; load it again and repeat your change.");

    /// <summary>Whether the write met a change made since its reads: from fresh reads it may succeed.</summary>
    public static bool IsStale(Exception exception) =>
        exception is DbUpdateConcurrencyException
        || SqlState(exception) is Stale or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    /// <summary>Whether a key was taken: by a twin of this operation, which one look at the operation tells, or by something else.</summary>
    public static bool IsUniqueViolation(Exception exception) => SqlState(exception) == PostgresErrorCodes.UniqueViolation;

    /// <summary>The refusal that a database error means to the client, or null when it is a fault.</summary>
    public static Rejection? ToRejection(Exception exception) => SqlState(exception) switch
    {
        PostgresErrorCodes.UniqueViolation => Blame("common.already-exists", Taken(exception)),
        PostgresErrorCodes.ForeignKeyViolation => Blame("common.unknown-reference", Missing(exception)),
        Stale => VersionConflict,
        _ => exception is DbUpdateConcurrencyException ? VersionConflict : null,
    };

    private static (string? Field, string Fact) Taken(Exception exception) => Postgres(exception)?.ConstraintName switch
    {
        "ix_products_barcode" => ("barcodes", "Another product of this store already has one of these barcodes."),
        "products_store_id_sku_key" => ("sku", "Another product of this store already has this SKU."),
        "products_pkey" or "categories_pkey" or "customers_pkey" or "sales_pkey" or "refunds_pkey" or "stock_adjustments_pkey"
            => ("id", "Something with this id already exists."),
        "ix_accounts_email" => ("email", "Another account already has this e-mail address."),
        "ix_employees_pin_lookup" => ("pin", "This PIN cannot be used in this store; choose another."),
        "ix_employees_email" => ("email", "Another employee of this store already has this e-mail address."),
        "ix_sales_receipt" => ("receipt.number", "This receipt number was already used by another sale of this register."),
        _ => (null, "Something with this id or number already exists."),
    };

    private static (string? Field, string Fact) Missing(Exception exception) => Postgres(exception)?.ConstraintName switch
    {
        "products_store_id_category_id_fkey" => ("categoryId", "This store has no such category."),
        "products_store_id_tax_class_id_fkey" => ("taxClassId", "This store has no such tax class."),
        "categories_store_id_parent_id_fkey" => ("parentId", "This store has no such category."),
        _ => (null, "Something this refers to does not exist in this store."),
    };

    private static Rejection Blame(string code, (string? Field, string Fact) fault)
    {
        var detail = fault.Fact + " Nothing was written.";
        return fault.Field is null ? new Rejection(code, detail) : Rejection.OfField(code, detail, fault.Field, fault.Fact);
    }

    private static string? SqlState(Exception exception) => Postgres(exception)?.SqlState;

    private static PostgresException? Postgres(Exception exception) =>
        exception as PostgresException ?? exception.InnerException as PostgresException;
}
