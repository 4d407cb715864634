using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;

namespace ChainSync.AnalyticsBench;

/// <summary>
/// Puts questions to R's <c>forecast</c> package, one process after the other beside our own replays and on all cores after them, until its
/// time is up: then the processes at work are ended, and what R has answered by then counts. Sets take turns, the quickest first, so that as
/// many as may be have some answers. Answers are kept under the hash of what was asked, so that only changed splits cost time again.
/// </summary>
internal sealed class RInterviews : IDisposable
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "peers.R");

    private readonly string _folder;
    private readonly ConcurrentQueue<(DataSet Set, string File)> _answers = new();
    private readonly CancellationTokenSource _limit;
    private readonly SemaphoreSlim _cores = new(1);

    /// <param name="sets">To ask about.</param>
    /// <param name="folder">Of the kept answers.</param>
    /// <param name="limit">For all questions together.</param>
    /// <param name="stop">Ends it earlier.</param>
    public RInterviews(IReadOnlyList<DataSet> sets, string folder, TimeSpan limit, CancellationToken stop)
    {
        (_folder, Limit) = (folder, limit);
        _limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _limit.CancelAfter(limit);
        Ended = IsInstalled && limit > TimeSpan.Zero ? Task.Run(() => AskAsync(sets), CancellationToken.None) : Task.CompletedTask;
    }

    public static bool IsInstalled =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, "Rscript")));

    /// <summary>Ends without an exception, at the limit at the latest.</summary>
    public Task Ended { get; }

    public TimeSpan Limit { get; }

    public int Asked { get; private set; }

    public int Answered => _answers.Count;

    /// <summary>Of the answers, those that were there from another run.</summary>
    public int Kept { get; private set; }

    /// <summary>Why R could not answer a question, when that happened.</summary>
    public string? Trouble { get; private set; }

    public IReadOnlyList<string> Answers(DataSet set) => [.. _answers.Where(a => a.Set.Name == set.Name).Select(a => a.File)];

    /// <summary>Our own replays are over, and their cores free.</summary>
    public void TakeAllCores()
    {
        if (Environment.ProcessorCount > 1)
            _cores.Release(Environment.ProcessorCount - 1);
    }

    public void Dispose()
    {
        _limit.Dispose();
        _cores.Dispose();
    }

    private async Task AskAsync(IReadOnlyList<DataSet> sets)
    {
        try
        {
            await AskAllAsync(sets);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception)
        {
            Trouble ??= e.Message;
        }
    }

    private async Task AskAllAsync(IReadOnlyList<DataSet> sets)
    {
        Directory.CreateDirectory(_folder);
        var questions = sets.SelectMany(PeersInR.Questions).OrderBy(q => q.IsOfHours).ThenBy(q => q.Number).ThenBy(q => q.Effort).ToList();
        Asked = questions.Count;
        var script = await File.ReadAllBytesAsync(Script);
        var open = new List<(DataSet Set, byte[] Splits, string Answer)>();
        foreach (var (set, _, splits) in questions)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData([.. splits, .. script]))[..16];
            var answer = Path.Combine(_folder, $"{set.Name}-{hash}.csv");
            if (File.Exists(answer))
                _answers.Enqueue((set, answer));
            else
                open.Add((set, splits, answer));
        }
        Kept = Answered;
        // One after the other gets a core, in this order.
        await Task.WhenAll(open.Select(q => OnACoreAsync(q.Set, q.Splits, q.Answer)).ToList());
    }

    private async Task OnACoreAsync(DataSet set, byte[] splits, string answer)
    {
        await _cores.WaitAsync();
        try
        {
            if (!_limit.IsCancellationRequested && await AnswerAsync(splits, answer))
                _answers.Enqueue((set, answer));
        }
        finally
        {
            _cores.Release();
        }
    }

    private async Task<bool> AnswerAsync(byte[] splits, string answer)
    {
        var (question, part) = (answer + ".splits", answer + ".part");
        await File.WriteAllBytesAsync(question, splits);
        using var process = Process.Start(new ProcessStartInfo("Rscript", [Script, question, part]) { RedirectStandardError = true })!;
        try
        {
            var said = process.StandardError.ReadToEndAsync(_limit.Token);
            await process.WaitForExitAsync(_limit.Token);
            if (process.ExitCode == 0)
                File.Move(part, answer, overwrite: true);
            else
                Trouble ??= $"R ended with {process.ExitCode}: {(await said).Split('\n', 2)[0]}";
            return process.ExitCode == 0;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return false;
        }
        finally
        {
            File.Delete(question);
            File.Delete(part);
        }
    }
}
