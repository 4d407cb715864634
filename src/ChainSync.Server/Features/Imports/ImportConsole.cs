using System.Globalization;
using System.Text;
using ChainSync.Core.Imports;

namespace ChainSync.Server.Features.Imports;

/// <summary>Shows an import at a terminal: a bar that is drawn over itself, or plain lines where the output goes to a file.</summary>
internal sealed class ImportConsole(TextWriter output, TextWriter errors, int? barColumns)
{
    private const int PlainLineEveryPercent = 10;
    private const int BarFigures = 62;

    private bool _barIsOpen;
    private long _lastPercent = -PlainLineEveryPercent;

    public static ImportConsole OfProcess() => new(Console.Out, Console.Error, Console.IsOutputRedirected ? null : Math.Clamp(Console.WindowWidth - BarFigures, 10, 60));

    public void Line(string text)
    {
        CloseBar();
        output.WriteLine(text);
    }

    public int Failed(string text, int exitCode)
    {
        CloseBar();
        errors.WriteLine(text);
        return exitCode;
    }

    public Task ProgressAsync(ImportProgress progress)
    {
        var total = Math.Max(progress.LinesTotal ?? 1, 1);
        var percent = 100 * progress.LinesRead / total;
        var left = progress.SecondsLeft is { } seconds ? $", {TimeSpan.FromSeconds(seconds):m\\:ss} left" : "";
        var figures = Text($"{percent,3} %  {progress.LinesRead:N0} of {total:N0} lines, {progress.LinesPerSecond:N0} lines/s{left}");
        if (barColumns is { } columns)
        {
            var full = (int)(columns * progress.LinesRead / total);
            output.Write($"\r\e[K[{new string('#', full)}{new string('.', columns - full)}] {figures}");
            output.Flush();
            _barIsOpen = true;
        }
        else if (percent >= _lastPercent + PlainLineEveryPercent || progress.LinesRead == total)
        {
            _lastPercent = percent - (percent % PlainLineEveryPercent);
            output.WriteLine(figures);
        }
        return Task.CompletedTask;
    }

    public void Summary(ImportProgress done, bool dryRun)
    {
        CloseBar();
        var text = new StringBuilder();
        var (created, existing) = (done.Created, done.Existing);
        text.AppendLine().AppendLine(Text($"{(dryRun ? "Would create" : "Created"),32}{"Already there",16}"));
        foreach (var (name, made, there) in new[]
        {
            ("products", created.Products, existing.Products), ("customers", created.Customers, existing.Customers), ("sales", created.Sales, existing.Sales),
            ("refunds", created.Refunds, existing.Refunds), ("stock corrections", created.Corrections, existing.Corrections),
        }) text.AppendLine(Text($"  {name,-18}{made,12:N0}{there,16:N0}"));
        text.AppendLine().AppendLine("What became of the lines");
        foreach (var (rule, lines) in done.Rules.Where(r => r.Rule.IsFate)) AppendRule(text, rule, lines);
        text.AppendLine(Text($"  {done.LinesTotal,9:N0}  lines read")).AppendLine().AppendLine("Remarks");
        foreach (var (rule, lines) in done.Rules.Where(r => !r.Rule.IsFate && r.Lines > 0)) AppendRule(text, rule, lines);
        AppendMonths(text, done.Months);
        text.AppendLine().Append(
            dryRun ? "Nothing was written: this was a dry run." :
            done.LinesToWrite == 0 ? "Everything was there already: nothing was added." :
            Text($"{done.LinesWritten:N0} lines written in {done.Writing.TotalSeconds:0.0} s, {done.LinesPerSecond:N0} lines/s."));
        output.WriteLine(text);
    }

    private static void AppendRule(StringBuilder text, ImportRule rule, long lines) => text.AppendLine(Text($"  {lines,9:N0}  {rule.Name,-24}{rule.Explanation}"));

    private static void AppendMonths(StringBuilder text, IReadOnlyList<MonthTotals> months)
    {
        text.AppendLine().AppendLine(Text($"Month   {"Sum of the file",18}{"Revenue",18}{"Set aside",18}{"Rejected",18}"));
        foreach (var m in months) AppendMonth(text, m.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), m.FileMinor, m.RevenueMinor, m.SetAsideMinor, m.RejectedMinor);
        AppendMonth(
            text, "All", months.Sum(m => m.FileMinor), months.Sum(m => m.RevenueMinor), months.Sum(m => m.SetAsideMinor), months.Sum(m => m.RejectedMinor));
    }

    private static void AppendMonth(StringBuilder text, string name, params ReadOnlySpan<long> amountsMinor)
    {
        text.Append(Text($"{name,-8}"));
        foreach (var minor in amountsMinor) text.Append(Text($"{minor / 100m,18:N2}"));
        text.AppendLine();
    }

    private void CloseBar()
    {
        if (_barIsOpen) output.WriteLine();
        _barIsOpen = false;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
