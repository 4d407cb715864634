using System.Text.Json.Serialization;
using ChainSync.Core.Json;
using ChainSync.Core.Pricing;

namespace ChainSync.Core.Inventory;

/// <summary>Goods that came or went without a sale: a delivery, a count, waste, a correction. A fact; it is never edited.</summary>
/// <param name="Id">Made by the device that records it.</param>
/// <param name="Lines">1 to 1,000 lines, each product once.</param>
/// <param name="Reason">Why.</param>
/// <param name="Note">What a person adds, or null.</param>
public sealed record AdjustStock(Guid Id, IReadOnlyList<StockDelta> Lines, StockReason Reason, string? Note = null)
{
    /// <summary>Longest note, in characters.</summary>
    public const int NoteLength = 500;

    /// <summary>What is wrong with the request, whatever the store knows, or null.</summary>
    public Rejection? Check()
    {
        var errors = new FieldErrors();
        errors.Require(Id != Guid.Empty, "id", "Must be a UUID made for this adjustment.");
        errors.Require(Reason != StockReason.Unknown, "reason", "Must be one of received, counted, waste, correction.");
        if (Note is not null) errors.CheckText("note", Note, NoteLength);
        // Too many lines are not looked at one by one: the answer must stay small whatever was sent.
        if (errors.Require(Lines.Count is > 0 and <= PricingBounds.MaxLines, "lines", $"Must be 1 to {PricingBounds.MaxLines} lines."))
            CheckLines(errors);
        return errors.ToRejection();
    }

    private void CheckLines(FieldErrors errors)
    {
        var products = new HashSet<Guid>();
        for (var i = 0; i < Lines.Count; i++)
        {
            if (!errors.Require(Lines[i] is not null, $"lines[{i}]", "Must be a line.")) continue;
            var (productId, delta) = Lines[i];
            errors.Require(products.Add(productId), $"lines[{i}].productId", "Must not be there twice.");
            errors.Require(delta != 0, $"lines[{i}].deltaMilli", "Must not be 0.");
            errors.CheckRange($"lines[{i}].deltaMilli", delta, -PricingBounds.MaxQuantityMilli, PricingBounds.MaxQuantityMilli);
        }
    }
}

/// <summary>A change of one product's stock.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="DeltaMilli">Thousandths of a unit: above zero came, below zero went.</param>
public sealed record StockDelta(Guid ProductId, long DeltaMilli);

/// <summary>Why stock was adjusted.</summary>
[JsonConverter(typeof(TolerantEnumConverter<StockReason>))]
public enum StockReason
{
    /// <summary>A value this build does not know.</summary>
    Unknown,

    /// <summary>Goods were delivered.</summary>
    Received,

    /// <summary>Somebody counted and found another number.</summary>
    Counted,

    /// <summary>Goods were spoiled, broken or thrown away.</summary>
    Waste,

    /// <summary>An earlier entry was wrong.</summary>
    Correction,
}

/// <summary>An adjustment as it was recorded.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Lines">What moved.</param>
/// <param name="Reason">Why.</param>
/// <param name="CreatedAt">When the server recorded it, UTC.</param>
/// <param name="Note">What a person added, or null.</param>
/// <param name="ActorId">Who recorded it, where it was a person.</param>
/// <param name="ActorName">Their name.</param>
public sealed record StockAdjustment(
    Guid Id, IReadOnlyList<StockDelta> Lines, StockReason Reason, DateTimeOffset CreatedAt,
    string? Note = null, Guid? ActorId = null, string? ActorName = null);
