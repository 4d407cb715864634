namespace ChainSync.Analytics.Questions.Grammar;

/// <summary>How much of a live name a question spelt out; the smaller, the surer.</summary>
internal enum NameFit
{
    Whole,
    Core,
    Part,
}

/// <summary>A live name that words of a question may mean.</summary>
internal sealed record NameMatch(ShopName Name, NameFit Fit);
