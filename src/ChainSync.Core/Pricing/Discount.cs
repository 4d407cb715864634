namespace ChainSync.Core.Pricing;

/// <summary>A reduction of a line or of a whole ticket: a percentage or an amount, never more than what it reduces.</summary>
public abstract record Discount
{
    private Discount()
    {
    }

    /// <summary>A share of what it reduces, rounded to a minor unit.</summary>
    /// <param name="RatePpm">Parts per million, 0 to <see cref="PricingBounds.MaxRatePpm"/>; 100,000 is 10 %.</param>
    public sealed record Percent(int RatePpm) : Discount
    {
        internal override long Of(long baseMinor, Rounding rounding) => rounding.Scale(baseMinor, RatePpm, Units.PpmPerUnit);

        internal override void Check(FieldErrors errors, string path) =>
            errors.CheckRange($"{path}.ratePpm", RatePpm, 0, PricingBounds.MaxRatePpm);
    }

    /// <summary>A fixed amount; where it is more than what it reduces, it reduces that to zero.</summary>
    /// <param name="AmountMinor">Minor units, 0 to <see cref="PricingBounds.MaxAmountMinor"/>.</param>
    public sealed record Amount(long AmountMinor) : Discount
    {
        internal override long Of(long baseMinor, Rounding rounding) => Math.Min(AmountMinor, baseMinor);

        internal override void Check(FieldErrors errors, string path) =>
            errors.CheckRange($"{path}.amountMinor", AmountMinor, 0, PricingBounds.MaxAmountMinor);
    }

    // What it takes off a base that is not negative: from zero to the whole base.
    internal abstract long Of(long baseMinor, Rounding rounding);

    internal abstract void Check(FieldErrors errors, string path);
}
