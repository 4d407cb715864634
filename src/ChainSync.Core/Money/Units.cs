namespace ChainSync.Core;

/// <summary>How many wire units make one whole.</summary>
public static class Units
{
    /// <summary>Quantities are integers of thousandths: 1,000 is one piece, one kilogram or one metre.</summary>
    public const long MilliPerUnit = 1_000;

    /// <summary>Rates are integers of parts per million: 1,000,000 is 100 %, 88,750 is 8.875 %.</summary>
    public const long PpmPerUnit = 1_000_000;
}
