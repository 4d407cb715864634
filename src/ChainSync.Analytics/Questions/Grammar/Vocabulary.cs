using ChainSync.Analytics.Questions.Times;

namespace ChainSync.Analytics.Questions.Grammar;

/// <summary>All words that spelling may correct to, the commonest favoured.</summary>
internal static class Vocabulary
{
    private static readonly string[] Common =
        ["sales", "last", "this", "month", "week", "year", "today", "yesterday", "revenue", "store", "product", "products", "category",
        "stores", "margin", "units", "profit", "stock", "total", "compare", "forecast", "customers", "average",
        "categories", "suppliers", "employees", "departments", "branches", "refunds", "discounts", "transactions"];

    /// <summary>Ordinary words that are not misspelt, though no rule uses them.</summary>
    private static readonly string[] Ordinary =
    [
        "bread", "water", "house", "main", "form", "world", "work", "working", "home", "car", "game", "games", "music", "school",
        "food", "name", "names", "call", "call", "water", "light", "right", "left", "hand", "high", "low", "full", "best", "great",
        "good", "nice", "big", "small", "hot", "cold", "red", "blue", "green", "white", "black", "wine", "beer", "meat", "fish",
        "fruit", "rice", "pasta", "cheese", "cream", "chicken", "salad", "soup", "sauce", "cake", "pie", "tea", "coffee", "juice",
        "paper", "card", "cards", "king", "queen", "city", "country", "street", "road", "park", "north", "south", "east", "west",
        "paris", "london", "berlin", "york", "dublin", "rome", "madrid", "france", "england", "germany", "america",
        "write", "read", "speak", "think", "play", "walk", "run", "eat", "drink", "sleep", "live", "dog", "cat", "horse", "tree",
        "flower", "book", "pen", "phone", "computer", "laptop", "table", "chair", "window", "door", "floor", "wall",
        "boat", "plane", "train", "bike", "star", "sun", "sky", "sea", "river", "mountain", "beach", "island", "doctor", "teacher",
        "friend", "family", "mother", "father", "child", "children", "man", "woman", "men", "women", "boy", "girl",
        "never", "always", "often", "sometimes", "maybe", "perhaps", "other", "others", "same", "around", "near", "far", "ask",
        "mid", "early", "late", "lose", "loss", "answer", "question", "help", "start", "stop", "open", "win", "won", "team", "bank", "gold", "oil", "gas",
    ];

    private static IEnumerable<string> OfTime =>
    [
        .. TimeWords.Others, .. TimeWords.Units.Keys, .. TimeWords.Weekdays.Keys, .. TimeWords.Months.Keys, .. TimeWords.Ordinals.Keys,
        .. NamedDays.All.Keys.SelectMany(name => name.Split(' ')),
    ];

    public static void Fill(Spelling spelling, Lexicon lexicon, ShopNames names)
    {
        foreach (var word in Common)
            spelling.Add(word, 0.4);

        foreach (var word in OfTime.Concat(lexicon.Words))
            spelling.Add(word, 0.2);

        foreach (var word in names.Words)
            spelling.Add(word, 0.1);

        foreach (var word in Ordinary.Concat(Slots.ScopeGuard.Words))
            spelling.AddKnown(word);

        foreach (var stem in lexicon.Words.Concat(names.Words).Select(Stems.Of).ToList())
            spelling.AddKnown(stem);
    }
}
