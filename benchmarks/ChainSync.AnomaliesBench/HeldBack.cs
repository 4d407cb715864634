namespace ChainSync.AnomaliesBench;

/// <summary>The sets of untouched sales that the detector is also judged on.</summary>
internal static class HeldBack
{
    public static void Run(string root, ShopCalendars calendars, IReadOnlySet<string> injected, Report report)
    {
        var departments = CleanSales.Departments(root, calendars);
        var items = CleanSales.Items(root, calendars);
        bool IsInjected(LabelledSeries s) => injected.Contains("m5item|" + s.Series.Id);
        IReadOnlyList<LabelledSeries> brisk = [.. items.Where(IsInjected)], slow = [.. items.Where(s => !IsInjected(s))];
        (string Name, IReadOnlyList<LabelledSeries> Series, int Back)[] sets =
        [
            ("departments", departments, 365),
            ("departments", departments, 700),
            ("supermarkets", CleanSales.Stores(departments), 365),
            ("drug stores", CleanSales.DrugStores(root, calendars), 0),
            ("bakery groups", CleanSales.Bakery(root), 0),
            ("bakery groups", CleanSales.Bakery(root), 730),
            ("items, earlier", brisk, 365),
            ("items, earlier", brisk, 730),
            ("other items", slow, 0),
            ("other items", slow, 500),
            ("two other items", CleanSales.Together(slow, 2), 0),
            ("four other items", CleanSales.Together(slow, 4), 0),
        ];
        sets = [.. sets.Where(s => s.Series.Count > 0)];
        UntouchedSales.Run([.. sets.Where(s => s.Name != "items, earlier").DistinctBy(s => s.Name).Select(s => (s.Name, s.Series))], calendars, report);
        OwnBench.Run(sets, calendars, report);
    }
}
