namespace ChainSync.AnalyticsBench;

/// <summary>
/// One run over the sets, R beside it. The results are written after every model, so that a run that is ended leaves what it knew; sets that
/// would not end in time any more are quickened, and when the time is up the rest is left.
/// </summary>
internal sealed class BenchRun(BenchOptions options, Stop stop)
{
    private readonly List<SetBench> _benches = [];
    private readonly ReplayStore _kept = new(options.Replays);

    public async Task<int> RunAsync(string root)
    {
        var (sets, leftOut) = DataSets.Load(options.Sets, root);
        foreach (var reason in leftOut)
            await Console.Error.WriteLineAsync(reason);
        if (sets.Count == 0)
        {
            await Console.Error.WriteLineAsync("There is nothing to measure: name the folder of the data in CHAINSYNC_DATA_DIR.");
            return 1;
        }
        sets = [.. sets.Select(set => options.Quick ? set.Quickened() : set)];
        var pace = new Pace(sets, options.Models);
        using var interviews = new RInterviews(sets, Path.Combine("artifacts", "bench", "r"), options.LimitForR, stop.Token);
        var report = new Report(options, sets.Count, leftOut, interviews, _kept, pace);
        try
        {
            foreach (var set in sets)
                Measure(set, pace, interviews, report);
            interviews.TakeAllCores();
            pace.Tell(interviews.Ended.IsCompleted ? "all replayed" : "all replayed; R is still answering");
            await interviews.Ended;
            report.State = RunState.Complete;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            report.State = new RunState($"Ended early because {stop.Reason}.");
        }
        await interviews.Ended;
        Write(interviews, report);
        Console.Write(report.Text);
        return stop.ExitCode;
    }

    private void Measure(DataSet set, Pace pace, RInterviews interviews, Report report)
    {
        var bench = new SetBench(set);
        _benches.Add(bench);
        var models = set.ModelsOf(options.Models);
        for (var i = 0; i < models.Count; i++)
        {
            if (!set.IsQuick && pace.Foreseen > 0.9 * options.Limit && pace.Swap(set, models.Skip(i), set.Quickened(), set.Quickened().ModelsOf(options.Models)))
            {
                pace.Tell($"{set.Name} is quickened to end in time");
                _benches.Remove(bench);
                Measure(set.Quickened(), pace, interviews, report);
                return;
            }
            pace.Begin(set, models[i]);
            bench.Replay(models[i], _kept, Cores(interviews), pace, stop.Token);
            pace.End($"{set.Name} {models[i].Name}");
            Write(interviews, report);
        }
        bench.Combine(stop.Token);
        Write(interviews, report);
        pace.Tell($"{set.Name} done; results so far in {report.File}");
    }

    /// <summary>Never all at once with R, whose time is bounded.</summary>
    private int Cores(RInterviews interviews) =>
        options.Parallelism > 0 ? options.Parallelism : Math.Max(1, Environment.ProcessorCount - (interviews.Ended.IsCompleted ? 0 : 1));

    private void Write(RInterviews interviews, Report report)
    {
        foreach (var bench in _benches)
            bench.Compare(interviews.Answers(bench.Set));
        report.Write([.. _benches.Select(b => b.Tables)]);
    }
}
