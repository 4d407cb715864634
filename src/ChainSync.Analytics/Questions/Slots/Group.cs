using ChainSync.Analytics.Questions.Grammar;

namespace ChainSync.Analytics.Questions.Slots;

/// <summary>What makes a dimension a grouping.</summary>
internal enum Grouping
{
    None,

    /// <summary>"by store", "weekly".</summary>
    By,

    /// <summary>"in each store": rows are ranked within it.</summary>
    Each,

    /// <summary>"which stores", "who", "where".</summary>
    Which,

    /// <summary>"best store", "top 5 stores".</summary>
    Target,

    /// <summary>"stores with …".</summary>
    Bare,
}

/// <summary>A dimension to group by, and the phrase that asks for it.</summary>
internal sealed record Group(string Dimension, Grouping How, Phrase Phrase)
{
    /// <summary>Whether its members are what the question is after, and not only the way to split.</summary>
    public bool IsSought => How is Grouping.Which or Grouping.Target or Grouping.Bare;
}
